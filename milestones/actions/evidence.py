"""What shows that a step is under way or done."""

from datetime import datetime

from django.db import transaction

from mentorship.accounts.acting import acting_as
from milestones.models import Evidence, Milestone
from pairing.actions import keep_file
from pairing.uploads import Accepted


@transaction.atomic
def add_evidence(
    milestone: Milestone,
    *,
    by,
    at: datetime,
    form_id,
    words: str = "",
    url: str = "",
    file=None,
    upload: Accepted | None = None,
) -> None:
    """Keep what shows that a step is under way or done; one form sends it once. A new
    file goes to the pair's workspace: raises WorkspaceIsFull, PairHasEnded."""
    pair, author = milestone.pair, milestone.pair.place_of(by)
    if upload:
        file = keep_file(pair, by=by, at=at, file=upload, form_id=form_id)
    with acting_as(by):
        if Evidence.objects.filter(author=author, form_id=form_id).exists():
            return
        evidence = Evidence(
            milestone=milestone,
            pair_id=milestone.pair_id,
            author=author,
            form_id=form_id,
            words=words,
            url=url,
            file=file,
            at=at,
        )
        Evidence.objects.bulk_create([evidence], ignore_conflicts=True)
