"""Faults of broker and database, in short. In full: `manage.py soak`."""

import pytest

from tests.ops.faults import in_turn, survived


@pytest.mark.parametrize(
    "id", in_turn(["F6"], takes_long=["F5", "F7", "F8", "F9", "F23"])
)
def test_the_site_survives(id, django_db_blocker):
    survived(id, django_db_blocker)
