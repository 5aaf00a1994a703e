"""What people hear about check-ins, their growth, feedback and concerns."""

from datetime import datetime, timedelta

from django.urls import reverse

from feedback.models import (
    Asking,
    Concern,
    ConcernWords,
    FeedbackRequest,
    Story,
)
from mentorship.outbox.models import Kind, Notice
from pairing.models import Pair

# A moment lasts longer than a day; after this it is only on the pages.
GROWTH_WAITS = timedelta(days=14)


def growth_asked(asking: Asking, *, most_a_week: int | None, at: datetime) -> Notice:
    """How do you see your own growth? Once for each moment, never again."""
    place = asking.participant
    return Notice(
        recipient=place.user,
        kind=Kind.REFLECTION,
        template="feedback/growth",
        key=f"growth:{place.pk}:{asking.moment}",
        context={
            "path": reverse("feedback:asking", args=[asking.pk]),
            "program": place.cohort.program.name,
            "moment": asking.moment,
            "reminders_a_week": most_a_week,
        },
        due_at=at,
        not_after=at + GROWTH_WAITS,
        program_id=place.cohort.program_id,
        cohort_id=place.cohort_id,
        about_kind=Asking._meta.label_lower,
        about_id=asking.pk,
    )


def feedback_asked(request: FeedbackRequest, *, at: datetime) -> Notice:
    """Your partner asks you for feedback."""
    path = reverse("feedback:give", args=[request.pk])
    return about_feedback("feedback_asked", request, request.giver, path, at)


def feedback_given(request: FeedbackRequest, *, at: datetime) -> Notice:
    """Your partner has written you some feedback; what it says is not in the mail."""
    path = reverse("feedback:each_other", args=[request.pair_id])
    return about_feedback("feedback_given", request, request.asker, path, at)


def about_feedback(template: str, request: FeedbackRequest, to, path, at) -> Notice:
    """To one of the two, in the other's name; `path` is where it leads."""
    partner = request.asker if to.pk == request.giver_id else request.giver
    cohort = request.pair.cohort
    charter = cohort.program.in_force
    return Notice(
        recipient=to.user,
        kind=Kind.REFLECTION,
        template=f"feedback/{template}",
        key=f"{template}:{request.pk}",
        context={
            "path": path,
            "partner": partner.short_name,
            "program": cohort.program.name,
            "reminders_a_week": charter and charter.reminders_a_week,
        },
        due_at=at,
        not_after=at + GROWTH_WAITS,
        program_id=cohort.program_id,
        cohort_id=cohort.pk,
        about_kind=FeedbackRequest._meta.label_lower,
        about_id=request.pk,
    )


def midpoint(pair: Pair, *, most_a_week: int | None, at: datetime) -> list[Notice]:
    """To both: half-way, time for a look together. The charter's weekly cap goes along
    for the sender to keep."""
    return [
        Notice(
            recipient=place.user,
            kind=Kind.MILESTONE,
            template="feedback/midpoint",
            key=f"midpoint:{pair.pk}:{place.user_id}",
            context={
                "path": reverse("home:review", args=[pair.pk, "midpoint"]),
                "partner": pair.partner_of(place.user).short_name,
                "program": pair.cohort.program.name,
                "reminders_a_week": most_a_week,
            },
            due_at=at,
            program_id=pair.cohort.program_id,
            cohort_id=pair.cohort_id,
            about_kind=Pair._meta.label_lower,
            about_id=pair.pk,
        )
        for place in pair.members
        if place.user
    ]


def concern_brought(concern: Concern, owner, *, at: datetime) -> Notice:
    """To its owner: something waits to be read, and by when."""
    return about_concern(
        concern.pk,
        owner,
        key=f"concern:{concern.pk}:{owner.pk}",
        at=at,
        reply_by=concern.reply_by,
        at_once=concern.urgent,
    )


def concern_climbed(concern_id, owner, *, reply_by: datetime, at: datetime) -> Notice:
    """To the owner of the next step, in the same words."""
    key = f"concern:{concern_id}:{owner.pk}"
    return about_concern(concern_id, owner, key=key, at=at, reply_by=reply_by)


def concern_words(words: ConcernWords, person, *, at: datetime) -> Notice:
    """To the other side: there is something new to read."""
    key = f"concern-words:{words.pk}:{person.pk}"
    return about_concern(words.concern_id, person, key=key, at=at)


def concern_moved(concern: Concern, person, *, at: datetime) -> Notice:
    """To the other side: the same, when a concern was read, is in hand or over."""
    key = f"concern-moved:{concern.pk}:{concern.state}:{person.pk}"
    return about_concern(concern.pk, person, key=key, at=at)


def about_concern(
    concern_id, person, *, key: str, at: datetime, reply_by=None, at_once=False
) -> Notice:
    """A mail that says nothing but where to read. It belongs to no program, so that no
    list of a program's mail shows it."""
    return Notice(
        recipient=person,
        kind=Kind.CONCERN,
        template="feedback/concern",
        key=key,
        context={
            "path": reverse("feedback:concern", args=[concern_id]),
            "reply_by": reply_by.isoformat() if reply_by else "",
            "at_once": at_once,
        },
        due_at=at,
        about_kind=Concern._meta.label_lower,
        about_id=concern_id,
    )


def about_story(event: str, story: Story, person, *, by, at: datetime) -> Notice:
    """That somebody asks for consent, agreed, offers a story, published or ended it:
    `event` is asked, agreed, offered, published or ended. What is told stands on the
    page alone."""
    is_staff = person.pk not in {place.user_id for place in story.pair.members}
    path = reverse("feedback:story", args=[story.pk])
    if is_staff or (event == "ended" and person.pk != story.teller_id):
        path = reverse("feedback:stories")
    return Notice(
        recipient=person,
        kind=Kind.REFLECTION,
        template="feedback/story",
        key=f"story:{story.pk}:{event}:{story.version}:{person.pk}:{at.isoformat()}",
        context={
            "path": path,
            "event": event,
            "name": "" if is_staff else by.short_name,
            "program": story.program.name,
        },
        due_at=at,
        not_after=at + GROWTH_WAITS,
        about_kind=Story._meta.label_lower,
        about_id=story.pk,
    )
