"""How many people each way of publishing exposes, how much it shows and how long it
takes, by size of program."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mentorship.insights.disclosure import BREAKDOWNS, Metric, Row, Rule
from mentorship.insights.disclosure.attack import Claim, exposures
from mentorship.insights.disclosure.audit import Attacker, audited
from mentorship.insights.disclosure.groups import Roster
from mentorship.insights.disclosure.rows import Told, facts_of, told_of

from .program import ACTIVITIES, Program, program

SIZES = (5, 8, 12, 20, 150)
METHODS = ("ours", "ours without the audit", "naive, 5", "naive, 10")
COLUMNS = (
    "pairs",
    "method",
    "exposed %",
    "by an insider %",
    "rows a metric",
    "error pp",
    "seconds",
)
HEADER = f"| {' | '.join(COLUMNS)} |"


@dataclass(frozen=True)
class Measured:
    """One program published in one way. Shares are of all values of people and pairs;
    `error` is None where no count is shown."""

    exposed: float
    by_insiders: float
    rows: float
    error: float | None
    seconds: float


def measure(made: Program, method: str) -> Measured:
    """Publish a program's figures, then attack them."""
    roster = Roster(made.places)
    began = time.perf_counter()
    told = publish(roster, made.metrics, method)
    seconds = time.perf_counter() - began
    attacker = Attacker(roster, made.metrics, ())
    hits = [
        attacked(Attacker(roster, [metric], ()), told, exact=method.startswith("naive"))
        for metric in made.metrics
    ]
    unknowns = sum(len(values) for values in attacker.values.values())
    return Measured(
        exposed=100 * sum(alone for alone, _ in hits) / unknowns,
        by_insiders=100 * sum(most for _, most in hits) / unknowns,
        rows=sum(one.row.shown for one in told) / len(made.metrics),
        error=error(told, attacker),
        seconds=seconds,
    )


def publish(roster: Roster, metrics: Sequence[Metric], method: str) -> list[Told]:
    """The rows of one method."""
    if method.startswith("naive"):
        least = int(method.split()[-1])
        return [row for metric in metrics for row in naive(roster, metric, least)]
    told = [row for metric in metrics for row in told_of(roster, metric, Rule())]
    return told if "without" in method else audited(roster, metrics, told, Rule())[0]


def naive(roster: Roster, metric: Metric, least: int) -> Iterator[Told]:
    """The exact sum of every group of so many people or more, as most tools tell it."""
    facts = facts_of(roster, metric)
    for breakdown in BREAKDOWNS:
        for part in roster.parts(breakdown, metric.of_pairs).values():
            keys = roster.keys(part, metric.of_pairs)
            numbers = roster.pairs if metric.of_pairs else roster.people
            own = {key for key in keys if numbers[key] in facts.worth}
            if part.people.bit_count() >= least and own:
                total = sum(facts.worth[numbers[key]] for key in own)
                row = Row(metric.name, breakdown, part.words, value=(total, total))
                yield Told(row, frozenset(own))


def attacked(attacker: Attacker, told: list[Told], exact: bool) -> tuple[int, int]:
    """How many values are exposed to somebody outside, and to the luckiest insider."""
    claims = attacker.claims(told)
    if exact:
        claims = [
            Claim(one.row.metric, one.members, *one.row.value)
            for one in told
            if one.row.metric in attacker.facts and one.row.value
        ]
    found = [len(hits) for hits in exposures(claims, attacker.facts, attacker.insiders)]
    return (found[0], max(found)) if found else (0, 0)


def error(told: Sequence[Told], attacker: Attacker) -> float | None:
    """Percentage points between the middle of a range of pairs and the truth."""
    far = []
    for one in told:
        if one.row.shown and one.row.metric in ("met", "kept_rhythm") and one.row.value:
            values = attacker.values[one.row.metric]
            true = sum(values[unit] for unit in one.members)
            low, high = one.row.value[0], min(one.row.value[1], len(one.members))
            far.append(100 * abs((low + high) / 2 - true) / len(one.members))
    return statistics.mean(far) if far else None


def run(
    seed: int, programs: int, sizes: Sequence[int], say: Callable[[str], object]
) -> list[str]:
    """The lines of the table, each said as soon as it is known."""
    lines = []
    for pairs in sizes:
        for method in METHODS:
            made = [
                program(seed + number, pairs, activity)
                for number in range(programs if pairs < 100 else 1)
                for activity in ACTIVITIES
            ]
            lines.append(line(pairs, method, [measure(one, method) for one in made]))
            say(lines[-1])
    return lines


def line(pairs: int, method: str, found: Sequence[Measured]) -> str:
    """One row of the table: means over the programs, and the most seconds."""
    errors = [one.error for one in found if one.error is not None]
    cells = [
        f"{statistics.mean(one.exposed for one in found):.1f}",
        f"{statistics.mean(one.by_insiders for one in found):.1f}"
        if pairs < 100
        else "not tried",
        f"{statistics.mean(one.rows for one in found):.1f}",
        f"{statistics.mean(errors):.1f}" if errors else "",
        f"{max(one.seconds for one in found):.1f}",
    ]
    return f"| {pairs} | {method} | " + " | ".join(cells) + " |"


def write(lines: Sequence[str], command: str, folder: Path) -> Path:
    """The page about all this."""
    page = folder / "disclosure.md"
    page.write_text(PAGE.format(command=command, table="\n".join(lines), header=HEADER))
    return page


PAGE = """# Published figures, attacked

Written by `{command}`, which measures all of it again; any whole number is a seed.

An attacker knows the roster, the rules and every published row of a metric, and works
out by integer or linear programs what each pair did and each person answered. A yes or
no is *exposed* when only one is possible, an answer when it is known to a quarter of
its scale. An *insider* is one pair that knows its own; the luckiest is counted, with
those exposed to everybody. *Naive* tells exact sums of every declared group of so many
people. Above 40 unknowns the attacker solves linear programs and rounds, which can find
fewer people than whole numbers would: a limit of this measurement.

The programs are invented: cohorts, functions and regions of uneven size, with 0, 5, 70,
95 and 100 % of pairs active; nine people in ten answer. Figures are means over them,
seconds are the slowest of publishing all four metrics.

{header}
| --- | --- | --- | --- | --- | --- | --- |
{table}

Rows count mentors and mentees apart, also where a count of pairs is the same for both.
In a mean over pairs there is no room for a second group under 13 pairs. The error is
that of the middle of a range, every row counting alike; most rows are small groups.
"""
