"""Reflections and check-ins on other pages: {% load feedback_panels %}."""

from django import template

from feedback.forms import ReflectionForm
from feedback.models import CheckIn, Reflection
from mentorship.accounts.acting import acting_as
from mentorship.accounts.prepared import prepared

register = template.Library()

LAST_ANSWERS = 6


@register.inclusion_tag("feedback/_reflections_waiting.html")
def reflections_waiting(pair, user):
    """The sessions of a pair on which this person has not looked back yet."""
    return {"waiting": newest_asked(pair, user), "partner": pair.partner_of(user)}


@prepared
def newest_asked(pair, user):
    asked = Reflection.objects.asked().of(user).filter(session__pair=pair)
    return asked.select_related("session").order_by("-session__held_on")[:1]


@register.inclusion_tag("feedback/_questions.html")
def questions(pair, user):
    """What waits for one person in a pair; needs `with_questions`."""
    return {"pair": pair, "partner": pair.partner_of(user)}


@register.inclusion_tag("feedback/_check_in_answers.html")
def check_in_answers(pair):
    """What the two last said of how it goes: for coordinators, as the form says."""
    answers = CheckIn.objects.answered().filter(pair=pair)
    return {"pair": pair, "answers": answers[:LAST_ANSWERS]}


@register.inclusion_tag("feedback/_own_reflection.html")
def own_reflection(session, user):
    """One's own private part of a session, for its writer alone."""
    with acting_as(user):
        mine = Reflection.objects.of(user).filter(session=session)
        reflection = mine.select_related("words").first()
        return {"reflection": reflection, "words": private_words(reflection)}


def private_words(reflection):
    """[(question, answer)] of what somebody kept for themself; a thought has none."""
    words = getattr(reflection, "words", None)
    if words is None:
        return []
    # A sheet's questions are kept in full; ours by their names.
    labels = {q: ReflectionForm.base_fields[q].label for q in ReflectionForm.QUESTIONS}
    answered = [(labels.get(q, q), text) for q, text in words.answers.items()]
    return [(label, text) for label, text in [("", words.thought), *answered] if text]
