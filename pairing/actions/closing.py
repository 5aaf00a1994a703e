"""Closure as a stage: asked for, begun by the two, completed by both."""

from datetime import datetime

from django.db import transaction

from mentorship.accounts.models import User, audit
from mentorship.charter.models import Cohort
from mentorship.outbox.models import Notice
from mentorship.participants.actions import finish_places
from mentorship.participants.models import Participant
from pairing import notices
from pairing.models import Afterwards, Pair

from .endings import PairIsOver, end_pairs, tell_both


class StillAPilot(Exception):
    """A pilot is decided before a pair can close; until then it can be left."""


@transaction.atomic
def begin_closing(pair: Pair, *, by, at: datetime) -> None:
    """Enter the last stretch and tell the partner; a second time changes nothing.
    Raises StillAPilot, PairIsOver."""
    fresh = Pair.objects.select_for_update(of=("self",)).get(pk=pair.pk)
    if fresh.state == Pair.State.ENDED:
        raise PairIsOver
    if fresh.state == Pair.State.PILOT:
        raise StillAPilot
    if fresh.state == Pair.State.CLOSING:
        return
    fresh.state, fresh.closing_at = Pair.State.CLOSING, at
    fresh.save(update_fields=["state", "closing_at"])
    Notice.objects.about(pair).filter(template="pairing/closing_asked").cancel()
    Notice.objects.queue(notices.closing_begun(pair, by=by, at=at))


@transaction.atomic
def ask_all_to_close(cohort: Cohort, *, by, at: datetime) -> int:
    """Ask the active pairs of a cohort to bring it to a close; nothing ends. Each is
    asked once. Returns how many were asked."""
    active = Pair.objects.filter(cohort=cohort, closing_asked_at=None).active()
    asked = ask_to_close(active, at)
    if asked:
        program_id = cohort.program_id
        audit("asked pairs to close", cohort, by=by, program_id=program_id, pairs=asked)
    return asked


@transaction.atomic
def ask_where_closing_is_due(now: datetime) -> int:
    """The night: ask every pair whose cohort's closing day has come. Safe to repeat."""
    return ask_to_close(Pair.objects.due_to_close(now), now)


def ask_to_close(pairs, at: datetime) -> int:
    """Note that these pairs were asked, and tell both of each."""
    pairs = pairs.with_people().select_related("cohort__program")
    pairs = list(pairs.select_for_update(of=("self",), skip_locked=True))
    Pair.objects.filter(pk__in=[pair.pk for pair in pairs]).update(closing_asked_at=at)
    tell_both(pairs, notices.closing_asked, at)
    return len(pairs)


def lock_to_complete(pair: Pair) -> None:
    """Lock both places and then the pair, in the order in which somebody who leaves
    the program does. Raises PairIsOver unless the pair is closing."""
    places = Participant.objects.filter(pk__in=[pair.mentor_id, pair.mentee_id])
    list(places.order_by("pk").select_for_update(no_key=True))
    closing = Pair.objects.filter(pk=pair.pk, state=Pair.State.CLOSING)
    if not closing.select_for_update(of=("self",)).exists():
        raise PairIsOver


def complete_pair(pair: Pair, *, at: datetime) -> None:
    """Both have closed: the pair ends as completed, in the name of the program itself,
    since neither ended it alone. Inside a transaction that called lock_to_complete."""
    program = User.objects.the_program()
    ended = end_pairs([pair], ending=Pair.Ending.COMPLETED, by=program, at=at)
    finish_places(places_that_are_done(pair))
    tell_both(ended, notices.pair_completed, at)


def places_that_are_done(pair: Pair) -> list:
    """A mentee's place; one that mentors, once the cohort takes up no new pair. Neither
    while its person is still in another pair of the cohort, on either side."""
    closes = pair.cohort.stage == Cohort.Stage.CLOSING
    running = Pair.objects.running().filter(cohort=pair.cohort_id)
    busy = {pk for both in running.values_list("mentor", "mentee") for pk in both}
    return [
        place.pk
        for place in pair.members
        if place.pk not in busy and (closes or not place.is_mentor)
    ]


@transaction.atomic
def say_what_next(pair: Pair, *, by, choice: str, at: datetime) -> Afterwards:
    """Keep what one of the two would like after a completed pair; it can change."""
    wish, _new = Afterwards.objects.update_or_create(
        pair=pair,
        participant=pair.place_of(by),
        defaults={"choice": choice, "said_at": at},
    )
    return wish
