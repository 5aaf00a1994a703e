"""A warm word from a coordinator to both people of a pair."""

from datetime import datetime

from django.db import transaction

from mentorship.accounts.models import audit
from mentorship.outbox.models import Notice
from pairing import notices
from pairing.models import Pair


@transaction.atomic
def nudge(pair: Pair, *, words: str, by, at: datetime) -> None:
    """Write the same `words` to both; a second click on the same day sends nothing."""
    Notice.objects.queue(notices.nudged(pair, words, by, at))
    audit("wrote to a pair", pair, by=by, program_id=pair.cohort.program_id)
