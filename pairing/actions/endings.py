"""Ending pairs, for whatever reason: one place that clears up behind them."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from mentorship.accounts.models import User
from mentorship.outbox.models import Notice
from pairing import notices
from pairing.hours import first_shared_minute
from pairing.models import Agreement, HealthReason, Pair, Session
from pairing.signals import pairs_ended

from .care import settle
from .sessions import to_whom_it_is_news


class PairIsOver(Exception):
    """The pair had ended before."""


def end_pairs(pairs: list[Pair], *, ending: str, by, at: datetime) -> list[Pair]:
    """End those of `pairs` that still run, in the caller's transaction; cancel what
    they had planned, and tell the apps above. Returns the pairs it ended."""
    ids = [pair.pk for pair in pairs]
    running = Pair.objects.filter(pk__in=ids).running()
    ended = set(running.select_for_update().values_list("pk", flat=True))
    Pair.objects.filter(pk__in=ended).update(
        state=Pair.State.ENDED, ending=ending, ended_at=at, ended_by=by
    )
    Notice.objects.filter(
        about_kind=Pair._meta.label_lower, about_id__in=ended
    ).cancel()
    Notice.objects.filter(
        about_kind=Agreement._meta.label_lower,
        about_id__in=Agreement.objects.filter(pair__in=ended).values("pk"),
    ).cancel()
    settle(list(HealthReason.objects.open().filter(pair__in=ended)), at)
    cancel_sessions(ended, at)
    pairs_ended.send(Pair, pairs=ended)
    return [pair for pair in pairs if pair.pk in ended]


def cancel_sessions(ended: set, at: datetime) -> None:
    """Call off what ended pairs had planned or proposed. What is in people's calendars
    leaves them at the minute that suits both, never before they hear of the end."""
    people = "pair__mentor__user", "pair__mentee__user", "pair__cohort__program"
    open_ones = Session.objects.to_come().filter(pair__in=ended)
    sessions = list(open_ones.select_related(*people))
    if not sessions:
        return
    open_ones.update(
        state=Session.State.CANCELED,
        sequence=F("sequence") + 1,
        version=F("version") + 1,
    )
    told = []
    for session in sessions:
        session.sequence += 1
        if session.state == Session.State.PLANNED and session.starts_at > at:
            users = [place.user for place in session.pair.members if place.user]
            minute = first_shared_minute(at, users)
            told += notices.session_off(session, session.pair, at=minute)
    Notice.objects.queue(to_whom_it_is_news(sessions, told))


@transaction.atomic
def leave_pair(pair: Pair, *, at: datetime) -> None:
    """End a pair because one of the two would rather not go on, at once and without a
    reason. Both hear the same words at the same minute, in the name of the program
    itself; who left is written down nowhere. Raises PairIsOver."""
    program = User.objects.the_program()
    wording = notices.pilot_switched if is_pilot(pair) else notices.pair_ended
    ended = end_pairs([pair], ending=Pair.Ending.LEFT, by=program, at=at)
    if not ended:
        raise PairIsOver
    tell_both(ended, wording, at)


def is_pilot(pair: Pair) -> bool:
    """Whether the pair is in its pilot at this moment."""
    return Pair.objects.in_pilot().filter(pk=pair.pk).exists()


def tell_both(pairs: list[Pair], wording, now: datetime) -> None:
    """Queue the same words to both people of each pair for one shared minute."""
    told = []
    for pair in pairs:
        people = [place.user for place in pair.members if place.user]
        told += wording(pair, at=first_shared_minute(now, people))
    Notice.objects.queue(told)
