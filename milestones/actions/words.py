"""Words of the pair about its work: how an outcome goes, and what shows a step."""

from datetime import datetime

from django.db import transaction

from mentorship.accounts.acting import acting_as
from milestones.models import Evidence, Milestone, Outcome, Progress


def note_progress(
    outcome: Outcome, *, by, at: datetime, how: str, words: str = ""
) -> Progress:
    """Keep how one of the two sees an outcome today; the day's latest word counts."""
    pair = outcome.pair
    day = pair.today_at(at)
    with acting_as(by):
        last = outcome.progress.filter(author=pair.place_of(by)).first()
        if last is None or pair.today_at(last.at) != day:
            last = Progress(outcome=outcome, pair_id=pair.pk, author=pair.place_of(by))
        last.how, last.words, last.at = how, words, at
        last.save()
    return last


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
) -> None:
    """Keep what shows that a step is under way or done; one form sends it once."""
    author = milestone.pair.place_of(by)
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
