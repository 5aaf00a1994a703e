"""Reflections: each side is asked once, and skipping is an answer."""

from datetime import datetime

from django.db import transaction

from feedback.models import Pulse, Reflection, ReflectionWords
from mentorship.accounts.acting import acting_as
from mentorship.outbox.models import Notice

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


def forget_reflections(session) -> None:
    """Ask nobody to look back on a session that was not held after all. What somebody
    wrote stays theirs."""
    asked = Reflection.objects.asked().filter(session=session)
    stop_reminding(asked)
    asked.delete()


def forget_to_ask(pairs) -> None:
    """Remind nobody of looking back once a pair has ended; the question stays."""
    stop_reminding(Reflection.objects.asked().filter(session__pair__in=pairs))


def stop_reminding(reflections) -> None:
    """Take back the reminders of a queryset's reflections."""
    Notice.objects.filter(
        about_kind=Reflection._meta.label_lower, about_id__in=reflections.values("pk")
    ).cancel()


@transaction.atomic
def write_reflection(
    reflection: Reflection,
    *,
    by,
    at: datetime,
    thought: str = "",
    answers: dict | None = None,
    pulse: dict | None = None,
) -> Reflection:
    """Keep a private thought, answers {slug of a question: words} and up to three of 1
    to 5, for the writer alone. Later words replace earlier ones; what was answered to
    other questions stays. Raises NotYourReflection."""
    settle(reflection, Reflection.State.WRITTEN, by=by, at=at)
    scales = {name: (pulse or {}).get(name) for name in SCALES}
    with acting_as(by):
        answers = {**written(reflection)[1], **(answers or {})}
        words = {"thought": thought, "answers": without_empty(answers)}
        if any(words.values()):
            ReflectionWords.objects.update_or_create(
                reflection=reflection, defaults={"author": by, **words}
            )
        else:
            ReflectionWords.objects.filter(reflection=reflection).delete()
        if any(scales.values()):
            Pulse.objects.update_or_create(
                reflection=reflection, defaults={"author": by, **scales}
            )
        else:
            Pulse.objects.filter(reflection=reflection).delete()
    return reflection


@transaction.atomic
def add_to_reflection(
    reflection: Reflection,
    *,
    by,
    at: datetime,
    thought: str = "",
    answers: dict | None = None,
    pulse: dict | None = None,
) -> Reflection:
    """The same beside what was written before: words come after the earlier ones, and
    what is left out stays. Raises NotYourReflection."""
    with acting_as(by):
        earlier, answered = written(reflection)
        before = Pulse.objects.filter(reflection=reflection).values(*SCALES).first()
    more = without_empty(answers or {})
    return write_reflection(
        reflection,
        by=by,
        at=at,
        thought=joined(earlier, thought),
        answers={slug: joined(answered.get(slug, ""), more[slug]) for slug in more},
        pulse={**(before or {}), **without_empty(pulse or {})},
    )


def written(reflection: Reflection) -> tuple[str, dict]:
    """The thought and the answers so far; inside acting_as."""
    words = ReflectionWords.objects.filter(reflection=reflection).first()
    return (words.thought, words.answers) if words else ("", {})


def without_empty(answers: dict) -> dict:
    """Only what was answered."""
    return {name: answer for name, answer in answers.items() if answer}


def joined(earlier: str, later: str) -> str:
    """Later words under the earlier ones, unless they are the same."""
    if not earlier or earlier.endswith(later):
        return earlier or later
    return f"{earlier}\n\n{later}"


@transaction.atomic
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
    Notice.objects.about(reflection).cancel()
    return reflection
