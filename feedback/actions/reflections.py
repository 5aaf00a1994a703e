"""Reflections: each side is asked once, and skipping is an answer."""

from datetime import datetime

from django.db import transaction

from feedback.models import Pulse, Reflection, ReflectionWords
from mentorship.accounts.acting import acting_as

SCALES = ("confidence", "together", "clarity")


class NotYourReflection(Exception):
    """Somebody else was asked."""


def ask_reflections(session, *, at: datetime) -> None:
    """Ask both sides of a held session to look back; asking twice is asking once."""
    Reflection.objects.bulk_create(
        [
            Reflection(session=session, author=place, asked_at=at)
            for place in session.pair.members
            if place.user_id
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def write_reflection(
    reflection: Reflection,
    *,
    by,
    at: datetime,
    thought: str = "",
    pulse: dict | None = None,
) -> Reflection:
    """Keep a private thought and up to three answers of 1 to 5, for the writer alone.
    Later words replace earlier ones. Raises NotYourReflection."""
    settle(reflection, Reflection.State.WRITTEN, by=by, at=at)
    answers = {name: (pulse or {}).get(name) for name in SCALES}
    with acting_as(by):
        if thought:
            ReflectionWords.objects.update_or_create(
                reflection=reflection, defaults={"author": by, "thought": thought}
            )
        else:
            forget_thought(reflection)
        if any(answers.values()):
            Pulse.objects.update_or_create(
                reflection=reflection, defaults={"author": by, **answers}
            )
        else:
            Pulse.objects.filter(reflection=reflection).delete()
    return reflection


def forget_thought(reflection: Reflection) -> None:
    """Take the thought away; answers to a sheet's questions stay. Inside acting_as."""
    words = ReflectionWords.objects.filter(reflection=reflection).first()
    if words and words.answers:
        words.thought = ""
        words.save()
    elif words:
        words.delete()


@transaction.atomic
def add_to_reflection(
    reflection: Reflection,
    *,
    by,
    at: datetime,
    thought: str = "",
    pulse: dict | None = None,
) -> Reflection:
    """The same beside what was written before: a thought comes after the earlier one,
    and what is left out stays. Raises NotYourReflection."""
    given = {name: answer for name, answer in (pulse or {}).items() if answer}
    with acting_as(by):
        words = ReflectionWords.objects.filter(reflection=reflection).first()
        before = Pulse.objects.filter(reflection=reflection).values(*SCALES).first()
    earlier = words.thought if words else ""
    if earlier and not earlier.endswith(thought):
        thought = f"{earlier}\n\n{thought}"
    return write_reflection(
        reflection,
        by=by,
        at=at,
        thought=thought or earlier,
        pulse={**(before or {}), **given},
    )


def skip_reflection(reflection: Reflection, *, by, at: datetime) -> Reflection:
    """Say that nothing is to be added. What was written stays. Raises
    NotYourReflection."""
    if reflection.state == Reflection.State.WRITTEN:
        return reflection
    return settle(reflection, Reflection.State.SKIPPED, by=by, at=at)


def settle(reflection: Reflection, state: str, *, by, at: datetime) -> Reflection:
    """Keep that the question was answered. Raises NotYourReflection."""
    if reflection.author.user_id != by.pk:
        raise NotYourReflection
    reflection.state, reflection.answered_at = state, at
    reflection.save(update_fields=["state", "answered_at"])
    return reflection
