"""Midpoint and closing: opened by date or by hand, held together, done by both."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from feedback import notices
from feedback.models import Review, ReviewWords
from mentorship.accounts.acting import acting_as
from mentorship.outbox.models import Notice
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
    """The night: open the midpoint of every active pair that is half-way, and tell
    both. Safe to repeat. Returns how many were opened."""
    opened = Review.objects.filter(pair=OuterRef("pk"), kind=Kind.MIDPOINT)
    active = Pair.objects.active().filter(~Exists(opened)).with_local_day(now)
    due = list(active.half_way().with_people().select_related("cohort__program"))
    reviews = [Review(pair=pair, kind=Kind.MIDPOINT, opened_at=now) for pair in due]
    Review.objects.bulk_create(reviews, ignore_conflicts=True)
    told = [notice for pair in due for notice in notices.midpoint(pair, at=now)]
    Notice.objects.queue(told)
    return len(due)


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
    review = pair.reviews.filter(kind=kind).first()
    review = review or Review(pair=pair, kind=kind, opened_at=at, version=0)
    review.pair = pair
    if review.done_at:
        raise ReviewIsDone
    if review.version != version:
        raise ReviewHasChanged(review)
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
