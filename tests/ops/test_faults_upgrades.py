"""Deploys, migrations, upgrades and a restore, in short; `manage.py soak` has more."""

import pytest

from tests.ops.faults import survived


@pytest.mark.parametrize("id", ["F18", "F19", "F20", "F21"])
def test_it_is_survived(id, django_db_blocker):
    survived(id, django_db_blocker)
