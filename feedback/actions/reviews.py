"""Midpoint and closing: opened by date or by hand, held together, done by both."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from feedback import notices
from feedback.models import Review, ReviewWords
from mentorship.accounts.acting import acting_as
from mentorship.charter.models import CharterVersion
from mentorship.outbox.models import Notice
from mentorship.participants.models import Pause
from pairing.actions import complete_pair, lock_running, lock_to_complete
from pairing.models import Pair

Kind = Review.Kind


class ReviewHasChanged(Exception):
    """The other one saved it meanwhile; `review` is how it stands now."""

    def __init__(self, review: Review):
        super().__init__(str(review.pk))
        self.review = review


class ReviewIsDone(Exception):
    """Both have said it is done; it stays as it is."""


@transaction.atomic
def open_midpoints(now: datetime) -> int:
    """The night: open the midpoint of every active pair that is half-way, once neither
    is on a break, and tell both. Safe to repeat. Returns how many were opened."""
    due = list(without_midpoint(now))
    reviews = [Review(pair=pair, kind=Kind.MIDPOINT, opened_at=now) for pair in due]
    Review.objects.bulk_create(reviews, ignore_conflicts=True)
    told = [
        notices.midpoint(pair, most_a_week=pair.most_a_week, at=now) for pair in due
    ]
    Notice.objects.queue([notice for both in told for notice in both])
    return len(due)


def without_midpoint(now: datetime) -> QuerySet:
    """Active pairs that are half-way, of which neither is on a break and that have no
    midpoint yet, with the cap of their charter."""
    opened = Review.objects.filter(pair=OuterRef("pk"), kind=Kind.MIDPOINT)
    away = Pause.objects.open_on(now.date()).values("participant")
    charter = CharterVersion.objects.in_force().filter(
        program=OuterRef("cohort__program")
    )
    active = Pair.objects.active().filter(~Exists(opened))
    active = active.exclude(mentor__in=away).exclude(mentee__in=away)
    active = active.annotate(most_a_week=Subquery(charter.values("reminders_a_week")))
    active = active.with_local_day(now).half_way().with_people()
    return active.select_related("cohort__program")


@transaction.atomic
def write_review(
    pair: Pair,
    *,
    kind: str,
    by,
    at: datetime,
    version: int,
    words: dict,
    done: bool = False,
) -> Review:
    """Keep the pair's words and, when the writer is `done`, their word that it is. The
    second one's closes it, and with the closing review the pair is complete. `version`
    is the one the writer saw, 0 before there was any. Raises ReviewHasChanged,
    ReviewIsDone, PairHasEnded, PairIsOver."""
    if kind == Kind.CLOSING:
        lock_to_complete(pair)
    else:
        lock_running(pair)
    there = pair.reviews.filter(kind=kind).first()
    review = there or Review(pair=pair, kind=kind, opened_at=at, version=0)
    review.pair = pair
    if review.done_at:
        raise ReviewIsDone
    if there and there.version != version:
        raise ReviewHasChanged(there)
    review.version += 1
    if done:
        say_done(review, pair.side_of(by), at)
    review.save()
    keep_words(review, by, words)
    if review.done_at:
        finish(review, at)
    return review


def say_done(review: Review, side: str, at: datetime) -> None:
    """Note one side's word; the second one's makes it done."""
    setattr(review, f"{side}_done_at", at)
    if review.mentor_done_at and review.mentee_done_at:
        review.done_at = at


def keep_words(review: Review, by, words: dict) -> None:
    """Add these words to those that are there."""
    with acting_as(by):
        row = ReviewWords.objects.filter(review=review).first()
        row = row or ReviewWords(review=review, pair=review.pair)
        for name, value in words.items():
            setattr(row, name, value)
        row.save()


def finish(review: Review, at: datetime) -> None:
    """What follows once both are done."""
    Notice.objects.about(review.pair).filter(template="feedback/midpoint").cancel()
    if review.kind == Kind.CLOSING:
        complete_pair(review.pair, at=at)
