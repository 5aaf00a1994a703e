"""What a coordinator may turn in a program's pairing, in words and levels."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pairing import engine
from pairing.wording import NAMES

LEVELS = {
    0.0: gettext_lazy("Off"),
    0.04: gettext_lazy("Low"),
    0.08: gettext_lazy("Medium"),
    0.14: gettext_lazy("High"),
    0.28: gettext_lazy("Very high"),
}

# Wishes come first: of all factors, this is the one to turn first. Few of those who
# wish get one while it is low, because wishes point to the same few mentors.
MEANINGS = {
    "wishes": gettext_lazy(
        "Whom a mentee asked for, in order. Input into the match goes with better "
        "mentoring for both."
    ),
    "skills": gettext_lazy(
        "What the mentee wants to learn and the mentor can offer, by level."
    ),
    "goals": gettext_lazy(
        "What the mentee wants to develop and the mentor knows from experience."
    ),
    "interests": gettext_lazy("Where both would like their careers to lead."),
    "working_style": gettext_lazy("How both like to work, in their own words."),
    "values": gettext_lazy(
        "What both hold dear. Research finds likeness here to matter most."
    ),
    "good_mentor": gettext_lazy("What both think a good mentor does."),
    "availability": gettext_lazy(
        "Hours they share in the weeks of the pilot, up to four a week."
    ),
    "languages": gettext_lazy("A second working language in common."),
    "skills_back": gettext_lazy(
        "What the mentor would like to learn and the mentee can offer."
    ),
    "cross_function": gettext_lazy("Two lines of work, so that both see further."),
    "rotation": gettext_lazy(
        "A rest for mentors who carried recent cohorts, a welcome for new ones."
    ),
    "learning_preference": gettext_lazy(
        "How both like to learn. Research does not support matching people on it."
    ),
    "goal_text": gettext_lazy(
        "Compares the words of free-text goals. It is off unless you choose it."
    ),
}

PLACE_COSTS = {
    0.0: gettext_lazy("None"),
    0.02: gettext_lazy("Small"),
    0.05: gettext_lazy("Usual"),
    0.1: gettext_lazy("Strong"),
}
FLOORS = {
    0.0: gettext_lazy("Off"),
    0.9: gettext_lazy("90 % of what is possible"),
    0.95: gettext_lazy("95 % of what is possible"),
    1.0: gettext_lazy("All that is possible"),
}
RESTS = {
    0: gettext_lazy("Never"),
    1: gettext_lazy("After every cohort"),
    2: gettext_lazy("After two cohorts in a row"),
    3: gettext_lazy("After three cohorts in a row"),
}

POLICY_NAMES = {
    "floor_share": gettext_lazy("The least for anybody"),
    "place_cost": gettext_lazy("Cost of a further mentee"),
    "rest_after": gettext_lazy("A rest for mentors"),
}
POLICY_MEANINGS = {
    "floor_share": gettext_lazy(
        "No pair may fit worse than this share of the best lowest fit there can be."
    ),
    "place_cost": gettext_lazy(
        "How much the plan avoids to give one mentor a second and a third mentee."
    ),
    "rest_after": gettext_lazy(
        "Mentors who had a mentee in so many cohorts in a row are left out of the next."
    ),
}
POLICY_LEVELS: dict[str, Mapping[Any, Any]] = {
    "floor_share": FLOORS,
    "place_cost": PLACE_COSTS,
    "rest_after": RESTS,
}
POLICY = {"floor_share": 0.95, "place_cost": 0.05, "rest_after": 2}
MOST_COHORTS = 9

# In the order of the page. No factor is called like a part of the policy.
KNOBS = [*MEANINGS, *POLICY]


@dataclass(frozen=True)
class Settings:
    """All a program's pairing goes by: a number for each factor and three more."""

    values: Mapping[str, float]
    policy: Mapping[str, float]

    def as_dict(self) -> dict[str, float]:
        """Every knob by its name."""
        return {**self.values, **self.policy}

    @classmethod
    def from_dict(cls, knobs: Mapping[str, float]) -> "Settings":
        """The settings that `as_dict` gave."""
        values = {name: knobs[name] for name in MEANINGS}
        policy = {name: knobs[name] for name in POLICY}
        return cls(values, policy | {"rest_after": int(knobs["rest_after"])})

    @classmethod
    def of(cls, weights) -> "Settings":
        """What a stored row says, or the usual where there is none yet."""
        if weights is None:
            return cls(engine.Weights().as_dict(), POLICY)
        values = engine.Weights.from_dict(weights.values).as_dict()
        return cls(values, {**POLICY, **weights.policy})

    def engine_weights(self) -> engine.Weights:
        """The factors' part in the engine's shape."""
        return engine.Weights.from_dict(self.values)

    def engine_policy(self) -> engine.Policy:
        """The policy's part in the engine's shape; who rests is for the problem."""
        return engine.Policy(
            place_cost=self.policy["place_cost"], floor_share=self.policy["floor_share"]
        )


def name_of(knob: str) -> str:
    """A factor or a part of the policy, in words."""
    return str(POLICY_NAMES.get(knob) or NAMES[knob])


def meaning_of(knob: str) -> str:
    """What it does, in a sentence."""
    return str(POLICY_MEANINGS.get(knob) or MEANINGS[knob])


def levels_of(knob: str) -> Mapping[Any, Any]:
    """The named levels of a knob by their number."""
    return POLICY_LEVELS.get(knob, LEVELS)


def most_of(knob: str) -> int:
    """The highest number a knob takes; all begin at 0."""
    return MOST_COHORTS if knob == "rest_after" else 1


def level_of(knob: str, value: float, whole: float = 1) -> str:
    """A number as the level it stands for; one that fits none says itself.

    `whole` is the sum of all factors, of which an unnamed number is a share.
    """
    named = levels_of(knob).get(value)
    if named is not None:
        return str(named)
    if knob == "rest_after":
        return _("After %(count)d cohorts in a row") % {"count": value}
    share = 100 * value / (1 if knob in POLICY_LEVELS else whole or 1)
    return _("%(share)s %%") % {"share": f"{share:.3g}"}


def changed(before: Settings, after: Settings) -> list[str]:
    """The knobs that differ, in the order of the page."""
    old, new = before.as_dict(), after.as_dict()
    return [knob for knob in KNOBS if old[knob] != new[knob]]


def in_words(before: Settings, after: Settings) -> list[tuple[str, str, str]]:
    """(name, from, to) of every knob that differs."""
    old, new = before.as_dict(), after.as_dict()
    wholes = sum(before.values.values()), sum(after.values.values())
    return [
        (
            name_of(knob),
            level_of(knob, old[knob], wholes[0]),
            level_of(knob, new[knob], wholes[1]),
        )
        for knob in changed(before, after)
    ]
