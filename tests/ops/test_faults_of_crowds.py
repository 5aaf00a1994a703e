"""People and workers who act at once, in short. In full: `manage.py soak`."""

import pytest

from tests.ops.faults import survived


@pytest.mark.parametrize("id", ["F14", "F15", "F16", "F17", "F24", "F26", "S2"])
def test_a_crowd_does_no_harm(id, django_db_blocker):
    survived(id, django_db_blocker)
