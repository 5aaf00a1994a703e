"""What a pair hears when a coordinator writes to both."""

from datetime import datetime, timedelta

from mentorship.outbox.models import Kind, Notice
from pairing.models import Pair


def nudged(pair: Pair, words: str, by, at: datetime) -> list[Notice]:
    """The same words to both, at most once a day."""
    day = at.astimezone(pair.cohort.program.tz).date()
    return [
        Notice(
            recipient=person.user,
            kind=Kind.ANNOUNCEMENT,
            template="pairing/nudge",
            key=f"nudge:{pair.pk}:{day}:{person.user_id}",
            due_at=at,
            not_after=at + timedelta(days=7),
            program_id=pair.cohort.program_id,
            about_kind=Pair._meta.label_lower,
            about_id=pair.pk,
            context={
                "path": f"/pairs/{pair.pk}/",
                "partner": partner.short_name,
                "words": words,
                "coordinator": by.name,
                "program": pair.cohort.program.name,
            },
        )
        for person, partner in (
            (pair.mentor, pair.mentee),
            (pair.mentee, pair.mentor),
        )
    ]
