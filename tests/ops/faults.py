"""Making a fault in short, inside a test."""

import pytest

from mentorship.demo import embedded
from mentorship.ops.soak.faults import Finding, every_fault

SEED = 20261126


def survived(id: str, django_db_blocker) -> Finding:
    """Make the fault on servers of its own, and fail with whatever it broke."""
    try:
        embedded.redis_binary()
    except embedded.ServerFailed as missing:
        pytest.skip(str(missing))
    with django_db_blocker.unblock():
        finding = every_fault()[id].inject(seed=SEED, short=True)
    if finding.not_made:
        pytest.skip(finding.not_made)
    assert finding.broken == [], finding.figures
    return finding
