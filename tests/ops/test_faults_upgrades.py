"""Deploys, migrations, upgrades and a restore, in short; `manage.py soak` has more."""

import pytest

from mentorship.ops.soak.faults import FAULTS, every_fault
from tests.ops.faults import in_turn

every_fault()


@pytest.mark.parametrize("id", in_turn(["F21"], takes_long=["F18", "F19", "F20"]))
def test_it_is_survived(id, django_db_blocker):
    with django_db_blocker.unblock():
        finding = FAULTS[id].inject(seed=1, short=True)

    assert finding.broken == [], finding.figures
    assert not finding.not_made
