"""What people hear about their steps."""

from datetime import datetime, timedelta

from django.urls import reverse

from mentorship.outbox.models import Kind, Notice
from milestones.models import Lesson

# Whoever answers on the page itself needs no mail.
PATIENCE = timedelta(days=1)
LATEST = timedelta(days=10)


def lesson_asked(lesson: Lesson, pair, *, at: datetime) -> Notice:
    """Two minutes on what a finished step taught; skipping is an answer."""
    program = pair.cohort.program
    user = lesson.author.user
    return Notice(
        recipient=user,
        kind=Kind.MILESTONE,
        template="milestones/lesson_asked",
        key=f"lesson:{lesson.milestone_id}:{lesson.author_id}",
        due_at=at + PATIENCE,
        not_after=at + LATEST,
        program_id=program.pk,
        cohort_id=pair.cohort_id,
        about_kind=Lesson._meta.label_lower,
        about_id=lesson.pk,
        context={
            "path": reverse("milestones:lesson", args=[lesson.pk]),
            "partner": pair.partner_of(user).short_name,
            "program": program.name,
            "reminders_a_week": most_a_week(program),
        },
    )


def most_a_week(program) -> int | None:
    """The charter's weekly cap, for the sender to keep."""
    return program.in_force.reminders_a_week if program.in_force else None
