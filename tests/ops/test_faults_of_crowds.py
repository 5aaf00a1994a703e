"""People and workers who act at once, in short. In full: `manage.py soak`."""

import pytest

from tests.ops.faults import in_turn, survived


@pytest.mark.parametrize(
    "id", in_turn(["F14", "F15", "F16", "F24"], takes_long=["S2", "F17", "F26"])
)
def test_a_crowd_does_no_harm(id, django_db_blocker):
    survived(id, django_db_blocker)
