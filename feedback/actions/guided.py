"""Answers to a sheet's questions, kept beside a private thought."""

from datetime import datetime

from django.db import transaction

from feedback.models import Reflection, ReflectionWords
from mentorship.accounts.acting import acting_as

from .reflections import settle


@transaction.atomic
def keep_answers(
    reflection: Reflection, *, by, at: datetime, answers: dict[str, str]
) -> Reflection:
    """Keep {question: answer} for the writer alone, beside what was answered to other
    questions; an empty answer takes an earlier one away. Raises NotYourReflection."""
    settle(reflection, Reflection.State.WRITTEN, by=by, at=at)
    with acting_as(by):
        words = ReflectionWords.objects.filter(reflection=reflection).first()
        words = words or ReflectionWords(reflection=reflection, author=by)
        merged = {**words.answers, **answers}
        words.answers = {asked: said for asked, said in merged.items() if said}
        words.save()
    return reflection
