"""A mentee's development plan: one page from goals, outcomes, steps and promises."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.participants.models import Profile
from mentorship.ui.templatetags.ui import day_words
from milestones.models import fetch_work

MOST_GOALS = 1200


@dataclass(frozen=True)
class Item:
    """One line of the plan, with what stands below it."""

    key: str
    words: str
    detail: str = ""
    taken: bool = True


@dataclass
class Section:
    slug: str
    title: object
    items: list[Item] = field(default_factory=list)

    @property
    def taken(self) -> list[Item]:
        return [item for item in self.items if item.taken]


def plan_of(pair, left_out=frozenset()) -> list[Section]:
    """The sections of the mentee's plan that hold something; `left_out` are the keys of
    items that stay at home. Inside acting_as of the mentee; four queries."""
    fetch_work([pair], "outcomes", "milestones", "promises")
    sections = [
        Section("goals", gettext_lazy("What I want"), goals(pair)),
        Section("outcomes", gettext_lazy("What will be different"), outcomes(pair)),
        Section("steps", gettext_lazy("Steps on the way"), steps(pair)),
        Section("promises", gettext_lazy("What I do next"), promises(pair)),
    ]
    for section in sections:
        section.items = [
            Item(item.key, item.words, item.detail, item.key not in left_out)
            for item in section.items
        ]
    return [section for section in sections if section.items]


def goals(pair) -> list[Item]:
    profile = Profile.objects.filter(user=pair.mentee.user_id).first()
    words = profile.goals.strip() if profile else ""
    return [Item("goals", words[:MOST_GOALS])] if words else []


def outcomes(pair) -> list[Item]:
    return [
        Item(str(outcome.pk), outcome.title, outcome_detail(outcome))
        for outcome in pair.outcomes.all()
        if outcome.side == "mentee" and outcome.is_current
    ]


def outcome_detail(outcome) -> str:
    if outcome.reached_on:
        return _("%(observable)s. Reached on %(day)s.") % {
            "observable": outcome.observable.rstrip("."),
            "day": day_words(outcome.reached_on),
        }
    return _(
        "%(observable)s. %(measure)s: from %(baseline)s to %(target)s, by %(day)s."
    ) % {
        "observable": outcome.observable.rstrip("."),
        "measure": outcome.measure,
        "baseline": outcome.baseline,
        "target": outcome.target,
        "day": day_words(outcome.due_on),
    }


def steps(pair) -> list[Item]:
    """Steps for the mentee or for both, done or to come."""
    others = {o.pk for o in pair.outcomes.all() if o.side == "mentor"}
    return [
        Item(str(step.pk), step.title, step_detail(step))
        for step in pair.milestones.all()
        if step.state != "dropped" and step.outcome_id not in others
    ]


def step_detail(step) -> str:
    if step.is_done:
        words = _("%(kind)s, done on %(day)s")
        return words % {"kind": step.get_kind_display(), "day": day_words(step.done_on)}
    words = _("%(kind)s, by %(day)s")
    return words % {"kind": step.get_kind_display(), "day": day_words(step.due_on)}


def promises(pair) -> list[Item]:
    """Open ones of the mentee's own."""
    return [
        Item(
            str(one.pk),
            one.words.text,
            _("by %(day)s") % {"day": day_words(one.due_on)} if one.due_on else "",
        )
        for one in pair.promises.all()
        if one.owner_id == pair.mentee_id and not one.done_at and hasattr(one, "words")
    ]
