"""Filling an empty database: one INSERT ... SELECT a table."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from mentorship.charter.models.version import SECTIONS

from .scratch import superuser

HERE = Path(__file__).parent
FACTS = ("start", "programs", "people", "pairs", "sessions")
SKILLS = ["sql", "budgeting", "pricing", "lean", "coaching", "hiring", "negotiation"]
METRICS = ["participation", "rhythm", "sessions", "milestones", "reflections"]


@dataclass(frozen=True)
class Shape:
    """How much there is of everything; whatever is named here divides the one before.

    Ten cohorts make a program, and a pair's sessions lie in the last year.
    """

    people: int = 100_000
    cohorts: int = 1_000
    pairs: int = 40_000
    sessions: int = 1_000_000

    def scaled(self, scale: float) -> "Shape":
        """The same shape with so many times the cohorts, one at least."""
        cohorts = max(1, round(self.cohorts * scale))
        people, pairs = self.people // self.cohorts, self.pairs // self.cohorts
        return Shape(
            people=people * cohorts,
            cohorts=cohorts,
            pairs=pairs * cohorts,
            sessions=self.sessions // self.pairs * pairs * cohorts,
        )

    def parameters(self) -> dict:
        """What the statements name."""
        in_cohort = self.people // self.cohorts
        of_pair = self.sessions // self.pairs
        return {
            "people": self.people,
            "cohorts": self.cohorts,
            "pairs": self.pairs,
            "programs": -(-self.cohorts // 10),
            "in_cohort": in_cohort,
            "mentors": in_cohort * 3 // 10,
            "pairs_in_cohort": self.pairs // self.cohorts,
            "sessions_of_pair": of_pair,
            "days_between": 350 / of_pair,
            "sections": list(SECTIONS),
            "skills": SKILLS,
            "metrics": METRICS,
        }

    def __str__(self):
        return (
            f"{self.people:,} people, {self.cohorts:,} cohorts, {self.pairs:,} pairs, "
            f"{self.sessions:,} sessions"
        )


def fill(
    shape: Shape,
    *,
    words: bool = True,
    traces: bool = True,
    checked: bool = False,
    say: Callable[[str], object] = print,
) -> None:
    """Fill the empty database in use, with private `words` and the `traces` of use, or
    without. `checked` checks every key on the way; else the indexes are built once all
    rows are there, which takes a fraction of the time."""
    began = time.perf_counter()
    steps = [*FACTS, *["words"] * words, *["traces"] * traces]
    steps = steps if checked else ["careless", *steps, "indexes"]
    with superuser():
        with transaction.atomic(), connection.cursor() as cursor:
            for step in steps:
                started = time.perf_counter()
                cursor.execute((HERE / f"{step}.sql").read_text(), shape.parameters())
                say(f"  {step:9} {time.perf_counter() - started:6.1f} s")
        with connection.cursor() as cursor:
            cursor.execute("vacuum (analyze)")
    say(f"{shape}: filled in {time.perf_counter() - began:.1f} s")
