"""What published figures are called, and what each one counts."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .disclosure import ANY, OTHER
from .metrics.definitions import METRICS

Words = str | Promise


@dataclass(frozen=True)
class Wording:
    """A figure's label, and its formula in words."""

    label: Words
    how: Words


def answered(words: Words) -> Wording:
    """An average of what people answered for themselves."""
    return Wording(
        words,
        gettext_lazy("The average of answers from 1 to 5, among those who answered."),
    )


NAMED = {
    "met": Wording(
        gettext_lazy("Met at least once"),
        gettext_lazy("Pairs that held a session on a day of the period."),
    ),
    "kept_rhythm": Wording(
        gettext_lazy("Met as often as planned, or more"),
        gettext_lazy(
            "Pairs with as many sessions as their own rhythm plans in so many days."
        ),
    ),
    "sessions_per_pair": Wording(
        gettext_lazy("Sessions per pair, on average"),
        gettext_lazy("Sessions held, up to twice the plan, divided by pairs."),
    ),
    "reached_something": Wording(
        gettext_lazy("Reached or tried a milestone"),
        gettext_lazy("Pairs with a milestone reached or tried in the period."),
    ),
    "reached_all_due": Wording(
        gettext_lazy("Reached or tried every milestone that was due"),
        gettext_lazy("Pairs with milestones due in the period and none left open."),
    ),
    "reflected": Wording(
        gettext_lazy("Looked back on a session in writing"),
        gettext_lazy("Pairs in which somebody wrote a reflection on a session."),
    ),
    "both_reflected": Wording(
        gettext_lazy("Looked back on one, both sides"),
        gettext_lazy("Pairs in which mentor and mentee both wrote one."),
    ),
    "both_gained": Wording(
        gettext_lazy("Both sides came further"),
        gettext_lazy(
            "Pairs in which each side reached an outcome of its own, or reached or "
            "tried a milestone towards one."
        ),
    ),
    "aligned": Wording(
        gettext_lazy("Work towards the charter’s core outcomes, both sides"),
        gettext_lazy("Pairs in which each side has an outcome tied to a core one."),
    ),
    "completed": Wording(
        gettext_lazy("Closed together, at the end"),
        gettext_lazy("Pairs that completed; told once, when the cohorts are over."),
    ),
    "reached_an_outcome": Wording(
        gettext_lazy("Reached an outcome by the end"),
        gettext_lazy(
            "Pairs that reached at least one over their whole time; told once, when "
            "the cohorts are over."
        ),
    ),
    "had_a_say": answered(gettext_lazy("Had a say in who they were paired with")),
    "training_helped": answered(gettext_lazy("Orientation helped them to begin")),
    "met_in_week": Wording(
        gettext_lazy("Met in the week"),
        gettext_lazy("Pairs that held a session in these seven days."),
    ),
    "core": Wording(
        gettext_lazy("Reached a core outcome"),
        gettext_lazy("Pairs in which somebody reached it in the period."),
    ),
    **{
        metric.name: Wording(metric.label, metric.formula)
        for metric in METRICS.values()
        if metric.only_published
    },
}
THEME_NAMES = {
    "confidence": gettext_lazy("Confidence"),
    "collaboration": gettext_lazy("Working together"),
    "clarity": gettext_lazy("Clear about what is next"),
}
# As in "moved most in …".
THEME_IN_SENTENCE = {
    "confidence": gettext_lazy("confidence"),
    "collaboration": gettext_lazy("working together"),
    "clarity": gettext_lazy("being clear about what is next"),
}
MOMENT_NAMES = {
    "then": gettext_lazy("%(theme)s, at the start"),
    "now": gettext_lazy("%(theme)s, when asked again"),
    "recalled": gettext_lazy("%(theme)s at the start, as seen from the end"),
    "after": gettext_lazy("%(theme)s, at the end"),
}
BREAKDOWN_NAMES = {
    "all": gettext_lazy("Whole program"),
    "cohort": gettext_lazy("By cohort"),
    "role": gettext_lazy("Mentors and mentees"),
    "function": gettext_lazy("By function"),
    "region": gettext_lazy("By region"),
    "cohort, role": gettext_lazy("By cohort and side"),
    "cohort, function": gettext_lazy("By cohort and function"),
    "cohort, region": gettext_lazy("By cohort and region"),
    "function, region": gettext_lazy("By function and region"),
    "role, function": gettext_lazy("By side and function"),
    "role, region": gettext_lazy("By side and region"),
}
ROLE_NAMES = {"mentor": gettext_lazy("Mentors"), "mentee": gettext_lazy("Mentees")}


def wording_of(metric: str) -> Wording:
    """How a metric is called, by its published name."""
    name = metric.partition(":")[0]
    if name in NAMED:
        return NAMED[name]
    theme, _line, moment = name.rpartition("_")
    return answered(str(MOMENT_NAMES[moment]) % {"theme": THEME_NAMES[theme]})


def part_words(breakdown: str, parts: list[str]) -> str:
    """A group in words; what the other groups hold is told nowhere."""
    if not parts:
        return str(BREAKDOWN_NAMES["all"])
    if tuple(parts) == OTHER:
        return _("Other groups")
    names = breakdown.split(", ")
    return ", ".join(map(word_of, names, parts))


def word_of(attribute: str, word: str) -> str:
    """One word of a group."""
    if word == ANY:
        return _("other groups")
    return str(ROLE_NAMES.get(word, word)) if attribute == "role" else word
