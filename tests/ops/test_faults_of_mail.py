"""Faults of senders and mail servers, in short. In full: `manage.py soak`."""

import pytest

from tests.ops.faults import in_turn, survived


@pytest.mark.parametrize(
    "id", in_turn(["F1", "F11"], takes_long=["F22", "S1", "F2", "F4", "F10"])
)
def test_mail_survives(id, django_db_blocker):
    survived(id, django_db_blocker)
