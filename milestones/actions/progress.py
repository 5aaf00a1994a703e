"""How the two see their outcomes at a day."""

from datetime import datetime

from django.db import transaction

from mentorship.accounts.acting import acting_as
from milestones.models import Progress


@transaction.atomic
def note_progress(pair, *, by, at: datetime, seen: dict[str, dict]) -> int:
    """Keep how one of the two sees outcomes now: {outcome id: {"how", "words"}}.
    What they said last and still say is not written again. Returns how many rows."""
    author = pair.place_of(by)
    with acting_as(by):
        last = {}
        for row in Progress.objects.filter(pair=pair, author=author).order_by("at"):
            last[str(row.outcome_id)] = {"how": row.how, "words": row.words}
        new = [
            Progress(outcome_id=pk, pair=pair, author=author, at=at, **said)
            for pk, said in seen.items()
            if said["how"] and last.get(pk) != said
        ]
        Progress.objects.bulk_create(new)
    return len(new)
