"""How many people each way of publishing exposes, how much it shows and how long it
takes, by size of program."""

import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mentorship.insights.disclosure import BREAKDOWNS, Metric, Row, Rule
from mentorship.insights.disclosure.attack import Claim, exposures
from mentorship.insights.disclosure.audit import Attacker, audited, components
from mentorship.insights.disclosure.groups import Roster
from mentorship.insights.disclosure.rows import Told, facts_of, told_of

from .program import ACTIVITIES, USUAL, Program, Variety, program, varieties

SIZES = (5, 8, 12, 20, 150)
METHODS = ("ours", "ours without the audit", "naive, 5", "naive, 10")
COLUMNS = (
    "pairs",
    "cohorts × functions × regions",
    "method",
    "exposed %",
    "by an insider %",
    "rows a metric",
    "different groups",
    "told as asked %",
    "error pp",
    "at 70 %",
    "seconds",
)
HEADER = f"| {' | '.join(COLUMNS)} |"


@dataclass(frozen=True)
class Measured:
    """One program published in one way. Shares are of all values of people and pairs;
    `groups` and what follows are of whether pairs met; `error` is None where that is
    not shown."""

    exposed: float
    by_insiders: float
    rows: float
    groups: int
    asked: float
    error: float | None
    seconds: float


def measure(made: Program, method: str) -> Measured:
    """Publish a program's figures, then attack them."""
    roster = Roster(made.places)
    began = time.process_time()
    told = publish(roster, made.metrics, method)
    seconds = time.process_time() - began
    exact = method.startswith("naive")
    attackers = [Attacker(roster, own, ()) for own in components(made.metrics)]
    hits = [attacked(attacker, told, exact) for attacker in attackers]
    unknowns = sum(len(attacker.truth) for attacker in attackers)
    met = [one for one in told if one.row.shown and one.row.metric == "met"]
    return Measured(
        exposed=100 * sum(alone for alone, _ in hits) / unknowns,
        by_insiders=100 * sum(most for _, most in hits) / unknowns,
        rows=sum(one.row.shown for one in told) / len(made.metrics),
        groups=len({one.members for one in met}),
        asked=asked(roster, met),
        error=error(roster, met, made.metrics[0]),
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
    hits = exposures(claims, attacker.facts, attacker.truth, attacker.insiders)
    found = [len(one) for one in hits]
    return (found[0], max(found)) if found else (0, 0)


def asked(roster: Roster, told: Sequence[Told]) -> float:
    """How many of all groups in one or two words are told by themselves, in %; merged
    ones are not."""
    wanted = {
        (breakdown, words)
        for breakdown in BREAKDOWNS
        for words in roster.parts(breakdown, of_pairs=True)
    }
    found = {(one.row.breakdown, one.row.part) for one in told}
    return 100 * len(wanted & found) / len(wanted)


def error(roster: Roster, told: Sequence[Told], metric: Metric) -> float | None:
    """Percentage points between the middle of a range of pairs and the truth, for every
    different group alike."""
    worth = facts_of(roster, metric).worth
    far = []
    for one in {one.members: one for one in told}.values():
        low, high = one.row.value or (0, 0)
        true = sum(worth[roster.pairs[key]] for key in one.members)
        size = len(one.members)
        far.append(100 * abs((low + min(high, size)) / 2 - true) / size)
    return statistics.mean(far) if far else None


def run(
    seed: int, programs: int, sizes: Sequence[int], say: Callable[[str], object]
) -> list[str]:
    """The lines of the table, each said as soon as it is known."""
    lines = []
    for pairs in sizes:
        for kinds in varieties(pairs):
            for method in METHODS:
                found = {
                    activity: [
                        measure(program(seed + number, pairs, activity, kinds), method)
                        for number in range(programs if pairs < 100 else 1)
                    ]
                    for activity in ACTIVITIES
                }
                lines.append(line(pairs, kinds, method, found))
                say(lines[-1])
    return lines


def line(
    pairs: int, kinds: Variety, method: str, by: Mapping[float, Sequence[Measured]]
) -> str:
    """One row of the table: means over the programs, and the most seconds."""
    found = [one for ones in by.values() for one in ones]
    cells = [
        mean(one.exposed for one in found),
        mean(one.by_insiders for one in found) if pairs < 100 else "not tried",
        mean(one.rows for one in found),
        mean(one.groups for one in found),
        mean(one.asked for one in found),
        mean(one.error for one in found),
        mean(one.error for one in by[USUAL]),
        f"{max(one.seconds for one in found):.1f}",
    ]
    return f"| {pairs} | {kinds} | {method} | " + " | ".join(cells) + " |"


def mean(values: Iterable[float | None]) -> str:
    """To one decimal, of those there are."""
    known = [value for value in values if value is not None]
    return f"{statistics.mean(known):.1f}" if known else ""


def write(lines: Sequence[str], command: str, folder: Path) -> Path:
    """The page about all this."""
    page = folder / "disclosure.md"
    rule = "|" + " --- |" * len(COLUMNS)
    table = "\n".join(lines)
    page.write_text(PAGE.format(command=command, table=table, header=HEADER, rule=rule))
    return page


PAGE = """# Published figures, attacked

Written by `{command}`, which measures all of it again; any whole number is a seed.

An attacker knows the roster, the rules and every published row of a metric, and works
out by integer or linear programs what each pair did and each person answered. A yes or
no is *exposed* when only one is possible, an answer when it is known to a quarter of
its scale. An *insider* is one pair that knows its own; the luckiest is counted, with
those exposed to everybody. *Naive* tells exact sums of every declared group of so many
people. Above 40 units the attacker solves linear programs and rounds, which can find
fewer people than whole numbers would: a limit of this measurement.

The programs are invented: cohorts, functions and regions of uneven size, with 0, 5, 70,
95 and 100 % of pairs active; nine people in ten answer. The second program of 150
pairs, with 122 groups of people in one or two words, is unusually divided.
Figures are means over them; seconds are the processor's, and the most that publishing
all four metrics took. Of whether pairs met: how many *different groups* of pairs are
told of, how many of all groups in one or two words are *told as asked* and not merged,
and how far the middle of a range is from the truth, over all levels of activity and at
70 %, every different group counting alike.

{header}
{rule}
{table}

In a program of one cohort, a function and the function in its cohort are one group. A
mean over pairs has no room for a second group under 13 pairs. At twelve pairs no choice
of groups under these rules tells of six on average: two halves of twelve that were made
by chance are mostly too alike to be both told. Where seven in ten are active, a group
of five to seven pairs misses by eight to twelve points, because the ranges at both ends
hold three counts each; the whole program of twelve, by five.
"""
