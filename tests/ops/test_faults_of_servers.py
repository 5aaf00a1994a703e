"""Faults of broker and database, in short. In full: `manage.py soak`."""

import pytest

from tests.ops.faults import survived


@pytest.mark.parametrize("id", ["F5", "F6", "F7", "F8", "F9", "F23"])
def test_the_site_survives(id, django_db_blocker):
    survived(id, django_db_blocker)
