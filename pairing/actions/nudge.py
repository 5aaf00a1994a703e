"""A warm word from a coordinator to both people of a pair."""

from datetime import datetime

from django.db import transaction

from mentorship.accounts.models import audit
from mentorship.outbox.models import Notice
from pairing import notices
from pairing.models import Pair


class WroteToday(Exception):
    """Both had other words from a coordinator on this day already."""


@transaction.atomic
def nudge(pair: Pair, *, words: str, by, at: datetime) -> None:
    """Write the same `words` to both, once a day; a second click sends nothing. Raises
    WroteToday."""
    Pair.objects.select_for_update(no_key=True).get(pk=pair.pk)
    written = notices.nudged(pair, words, by, at)
    keys = [notice.key for notice in written]
    if earlier := Notice.objects.filter(key__in=keys).first():
        if earlier.context["words"] != words:
            raise WroteToday
        return
    Notice.objects.queue(written)
    audit("wrote to a pair", pair, by=by, program_id=pair.cohort.program_id)
