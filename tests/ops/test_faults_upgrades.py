"""Deploys, migrations, upgrades and a restore, in short; `manage.py soak` has more."""

import pytest

from mentorship.ops.soak.faults import FAULTS, every_fault

every_fault()


@pytest.mark.full
@pytest.mark.parametrize("id", ["F18", "F19", "F20", "F21"])
def test_it_is_survived(id, django_db_blocker):
    with django_db_blocker.unblock():
        finding = FAULTS[id].inject(seed=1, short=True)

    assert finding.broken == [], finding.figures
    assert not finding.not_made
