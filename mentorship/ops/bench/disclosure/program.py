"""Invented programs to publish: a roster, what the pairs did and what people said."""

import random
from collections.abc import Hashable
from dataclasses import dataclass

from mentorship.insights.disclosure import Answered, Counted, Metric, Place

ACTIVITIES = (0.0, 0.05, 0.7, 0.95, 1.0)
USUAL = 0.7
SCALE = (1.0, 5.0)


@dataclass(frozen=True)
class Variety:
    """How many cohorts, functions and regions a program of some size has."""

    cohorts: int
    functions: int
    regions: int

    def __str__(self) -> str:
        return f"{self.cohorts} × {self.functions} × {self.regions}"


# Up to how many pairs; the first is the usual program of that size.
VARIETIES = {
    8: (Variety(1, 2, 2),),
    19: (Variety(1, 3, 2),),
    49: (Variety(2, 3, 3),),
    499: (Variety(3, 5, 4), Variety(5, 6, 4)),
}
LARGE = (Variety(20, 8, 6),)


@dataclass(frozen=True)
class Program:
    """Places, and the metrics of one period."""

    places: list[Place]
    metrics: list[Metric]


def varieties(pairs: int) -> tuple[Variety, ...]:
    """A large program has more of everything."""
    return next((own for most, own in VARIETIES.items() if pairs <= most), LARGE)


def roster(chance: random.Random, pairs: int, kinds: Variety) -> list[Place]:
    """A mentor and a mentee for each pair. Some functions and regions are common."""
    return [
        Place(
            person=f"{role} {number}",
            pair=number,
            cohort=f"Cohort {number * kinds.cohorts // pairs + 1}",
            role=role,
            function=f"Function {skewed(chance, kinds.functions)}",
            region=f"Region {skewed(chance, kinds.regions)}",
        )
        for number in range(pairs)
        for role in ("mentor", "mentee")
    ]


def skewed(chance: random.Random, kinds: int) -> int:
    """A kind from 1 on; the first is about twice as common as the last."""
    weights = [2 * kinds - number for number in range(kinds)]
    return chance.choices(range(1, kinds + 1), weights)[0]


def program(
    seed: int, pairs: int, activity: float, kinds: Variety | None = None
) -> Program:
    """A program in which this share of pairs met. Of whoever met two thirds kept their
    rhythm; of all people nine in ten answered, the more content the more they met."""
    chance = random.Random(f"{seed} {pairs} {activity}")
    places = roster(chance, pairs, kinds or varieties(pairs)[0])
    met = frozenset(n for n in range(pairs) if chance.random() < activity)
    kept = frozenset(n for n in sorted(met) if chance.random() < 2 / 3)
    answers = {
        place.person: float(likert(chance, place.pair in met))
        for place in places
        if chance.random() < 0.9
    }
    sessions: dict[Hashable, float] = {
        n: float(chance.randint(1, 6) if n in met else 0) for n in range(pairs)
    }
    return Program(
        places,
        [
            Counted("met", met),
            Counted("kept_rhythm", kept, within="met"),
            Answered("had_a_say", SCALE, answers),
            Answered(
                "sessions_per_pair", (0.0, 6.0), sessions, of_pairs=True, within="met"
            ),
        ],
    )


def likert(chance: random.Random, content: bool) -> int:
    """An answer from 1 to 5."""
    weights = (1, 2, 4, 8, 6) if content else (4, 4, 3, 2, 1)
    return chance.choices((1, 2, 3, 4, 5), weights)[0]
