"""Faults of senders and mail servers, in short. In full: `manage.py soak`."""

import pytest

from tests.ops.faults import survived


@pytest.mark.parametrize("id", ["F1", "F2", "F4", "F10", "F11", "F22", "S1"])
def test_mail_survives(id, django_db_blocker):
    survived(id, django_db_blocker)
