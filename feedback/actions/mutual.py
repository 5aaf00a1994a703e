"""Feedback to each other: one asks, the other writes or would rather not now."""

from datetime import datetime

from django.db import transaction

from feedback import notices
from feedback.models import FeedbackRequest, FeedbackWords
from mentorship.accounts.acting import acting_as
from mentorship.outbox.models import Notice
from pairing.models import Pair


class NotYourFeedback(Exception):
    """Somebody else was asked, or is in the pair."""


class PairHasEnded(Exception):
    """The pair ended meanwhile."""


class FeedbackIsGiven(Exception):
    """It was answered, or taken back with the pair's end, meanwhile."""


@transaction.atomic
def ask_feedback(pair: Pair, *, by, at: datetime) -> FeedbackRequest:
    """Ask the partner for feedback; asking again before they answer is asking once.
    Raises NotYourFeedback or PairHasEnded."""
    running = Pair.objects.running().select_for_update(no_key=True, of=("self",))
    running = running.with_people().select_related("cohort__program")
    found = running.filter(pk=pair.pk).first()
    if found is None:
        raise PairHasEnded
    asker, giver = found.place_of(by), found.partner_of(by)
    if asker is None or giver is None:
        raise NotYourFeedback
    request, is_new = found.feedback_requests.get_or_create(
        asker=asker,
        state=FeedbackRequest.State.ASKED,
        defaults={"giver": giver, "asked_at": at},
    )
    if is_new and giver.user:
        Notice.objects.queue([notices.feedback_asked(request, at=at)])
    return request


@transaction.atomic
def give_feedback(
    request: FeedbackRequest,
    *,
    by,
    at: datetime,
    strength: str = "",
    suggestion: str = "",
    next_step: str = "",
) -> FeedbackRequest:
    """Write to the partner, for the two of them. Raises NotYourFeedback or
    FeedbackIsGiven."""
    request = answered(request, FeedbackRequest.State.GIVEN, by=by, at=at)
    with acting_as(by):
        FeedbackWords.objects.create(
            request=request,
            pair_id=request.pair_id,
            strength=strength,
            suggestion=suggestion,
            next_step=next_step,
        )
    if request.asker.user:
        Notice.objects.queue([notices.feedback_given(request, at=at)])
    return request


@transaction.atomic
def decline_feedback(request: FeedbackRequest, *, by, at: datetime) -> FeedbackRequest:
    """Not this time: no reason is asked, and no mail says so. Raises NotYourFeedback or
    FeedbackIsGiven."""
    return answered(request, FeedbackRequest.State.SKIPPED, by=by, at=at)


def answered(
    request: FeedbackRequest, state: str, *, by, at: datetime
) -> FeedbackRequest:
    """Lock the request, and keep that it was answered. Raises NotYourFeedback or
    FeedbackIsGiven."""
    waiting = FeedbackRequest.objects.asked().select_for_update(of=("self",))
    waiting = waiting.select_related(
        "asker__user", "giver__user", "pair__cohort__program"
    )
    request = waiting.filter(pk=request.pk).first()
    if request is None:
        raise FeedbackIsGiven
    if request.giver.user_id != by.pk:
        raise NotYourFeedback
    request.state, request.answered_at = state, at
    request.save(update_fields=["state", "answered_at"])
    Notice.objects.about(request).cancel()
    return request


def forget_requests(pairs) -> None:
    """Take back what pairs that have ended asked each other and nobody answered."""
    asked = FeedbackRequest.objects.asked().filter(pair__in=pairs)
    Notice.objects.filter(
        about_kind=FeedbackRequest._meta.label_lower, about_id__in=asked.values("pk")
    ).cancel()
    asked.delete()
