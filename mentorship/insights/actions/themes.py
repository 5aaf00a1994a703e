"""Themes of what people learned, written by coordinators and told with their period.

Which of them are told is decided in the database (`release_themes`), in the transaction
that publishes the period. Nothing before that says how many pairs stand behind one.
"""

from collections.abc import Iterable
from hashlib import sha256

from django.db import connections, transaction

from mentorship.accounts.models import audit
from mentorship.insights.metrics.of_period import PUBLISHER
from mentorship.insights.models import Period, Theme, ThemeSource
from milestones.models import SharedLesson


class PeriodHasMovedOn(Exception):
    """Somebody else, or the night, was faster: the period is in another state."""


@transaction.atomic
def write_theme(
    theme: Theme, *, by, text: str, lessons: Iterable[SharedLesson]
) -> Theme:
    """Keep a theme, new or changed, for its period, with the lessons it draws on as
    they are worded. Raises PeriodHasMovedOn once the period is settled."""
    hold(theme.period)
    theme.text = text
    if theme._state.adding:
        theme.save()
    else:
        theme.save(update_fields=["period", "text"])
    theme.sources.all().delete()
    ThemeSource.objects.bulk_create(
        ThemeSource(theme=theme, lesson=one, words_read=print_of(one.text))
        for one in lessons
    )
    audit("wrote a theme", theme, by=by, program_id=theme.period.program_id)
    return theme


@transaction.atomic
def drop_theme(theme: Theme, *, by) -> None:
    """Delete a draft; again is harmless."""
    dropped, _rows = Theme.objects.drafts().filter(pk=theme.pk).delete()
    if dropped:
        audit("dropped a theme", theme, by=by, program_id=theme.period.program_id)


def hold(period: Period) -> None:
    """Keep a period from being settled until the transaction ends. Raises
    PeriodHasMovedOn."""
    ours = Period.objects.unsettled().select_for_update(of=("self",))
    if not ours.filter(pk=period.pk).exists():
        raise PeriodHasMovedOn


def print_of(words: str) -> str:
    """By which a lesson is known to say what it said."""
    return sha256(words.encode()).hexdigest()


def release_themes(period: Period) -> None:
    """Tell the themes of a period that enough pairs stand behind, in the publisher's
    transaction that publishes it."""
    with connections[PUBLISHER].cursor() as cursor:
        cursor.execute("select release_themes(%s)", [period.pk])
