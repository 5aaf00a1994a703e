"""What a step taught: asked of both, written or skipped, shared or taken back."""

from datetime import datetime

from django.db import transaction

from mentorship.accounts.acting import acting_as
from mentorship.outbox.models import Notice
from milestones import notices
from milestones.models import Lesson, LessonWords, Milestone, SharedLesson


class NotYourLesson(Exception):
    """Somebody else was asked."""


def ask_lessons(milestone: Milestone, *, at: datetime) -> None:
    """Ask both what a finished step taught them; asking twice is asking once. Who
    answers within a day gets no mail."""
    pair = milestone.pair
    people = [place for place in pair.members if place.user_id]
    Lesson.objects.bulk_create(
        [Lesson(milestone=milestone, author=place, asked_at=at) for place in people],
        ignore_conflicts=True,
    )
    asked = milestone.lessons.asked().select_related("author__user")
    Notice.objects.queue([notices.lesson_asked(one, pair, at=at) for one in asked])


@transaction.atomic
def write_lesson(lesson: Lesson, *, by, at: datetime, text: str) -> Lesson:
    """Keep what one of the two learned, for both to read. Later words replace earlier
    ones. Raises NotYourLesson."""
    settle(lesson, Lesson.State.WRITTEN, by=by, at=at)
    with acting_as(by):
        LessonWords.objects.update_or_create(
            lesson=lesson,
            defaults={"pair_id": lesson.milestone.pair_id, "text": text},
        )
    return lesson


@transaction.atomic
def skip_lesson(lesson: Lesson, *, by, at: datetime) -> Lesson:
    """Say that there is nothing to add. What was written stays. Raises
    NotYourLesson."""
    if lesson.state == Lesson.State.WRITTEN and lesson.author.user_id == by.pk:
        return lesson
    return settle(lesson, Lesson.State.SKIPPED, by=by, at=at)


def settle(lesson: Lesson, state: str, *, by, at: datetime) -> Lesson:
    """Keep that the question was answered, and do not ask by mail any more. Raises
    NotYourLesson."""
    if lesson.author.user_id != by.pk:
        raise NotYourLesson
    lesson.state, lesson.answered_at = state, at
    lesson.save(update_fields=["state", "answered_at"])
    Notice.objects.about(lesson).cancel()
    return lesson


@transaction.atomic
def share_lesson(
    lesson: Lesson, *, by, at: datetime, text: str, themes: list[str]
) -> SharedLesson:
    """Give a lesson to the whole program in words chosen for it, without a name; again
    replaces them. Only the month is kept. Raises NotYourLesson."""
    if lesson.author.user_id != by.pk:
        raise NotYourLesson
    pair = lesson.milestone.pair
    shared, _new = SharedLesson.objects.update_or_create(
        lesson=lesson,
        defaults={
            "program_id": pair.cohort.program_id,
            "side": pair.side_of(by),
            "text": text,
            "themes": themes,
            "shared_on": pair.today_at(at).replace(day=1),
        },
    )
    return shared


def withdraw_lesson(lesson: Lesson, *, by) -> None:
    """Take a shared lesson back; again is harmless. Raises NotYourLesson."""
    if lesson.author.user_id != by.pk:
        raise NotYourLesson
    SharedLesson.objects.filter(lesson=lesson).delete()
