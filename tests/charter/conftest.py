import pytest

from mentorship.charter.signals import looking_for_blockers


@pytest.fixture
def heard_blockers(monkeypatch):
    """Blockers that an app above reports, by the stage to enter; no others are."""
    found = {}

    def receiver(sender, cohort, stage, **kwargs):
        return found.get(stage)

    monkeypatch.setattr(looking_for_blockers, "receivers", [])
    looking_for_blockers.connect(receiver)
    yield found
    looking_for_blockers.disconnect(receiver)
