"""The page of figures, docs/benchmarks/pairing.md, and its picture of growth."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .peers.environment import versions
from .peers.race import Result
from .plot import growth
from .rows import Row

NAME = "pairing"


@dataclass
class Report:
    """Everything one run has measured."""

    command: str
    machine: dict[str, str]
    rows: list[Row] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    grown: list[dict[str, Any]] = field(default_factory=list)


def write(report: Report, folder: Path) -> Path:
    """Write the page, and the picture beside it where growth was measured."""
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / f"{NAME}.md"
    page.write_text(page_of(report))
    if report.grown:
        (folder / f"{NAME}.svg").write_text(picture_of(report.grown))
    return page


def page_of(report: Report) -> str:
    """The whole page as Markdown."""
    parts = [INTRODUCTION.format(command=report.command)]
    parts.append(table(("machine", ""), report.machine.items()))
    parts.append(TARGETS.format(summary=summary(report.rows)))
    parts.append(table(HEAD, map(cells, report.rows)))
    if report.results:
        parts += [PEERS, table(PEER_HEAD, map(peer_cells, report.results))]
    if report.grown:
        parts += [GROWTH, table(GROWTH_HEAD, map(grown_cells, report.grown))]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def summary(rows: Sequence[Row]) -> str:
    """How many targets are met."""
    met = sum(row.met for row in rows)
    return f"{met} of {len(rows)} are met."


def cells(row: Row) -> tuple[str, ...]:
    """A row of the table of targets."""
    verdict = "yes" if row.met else f"**no**: {row.missed_by}"
    words = [row.note] if row.met else [row.note, row.why]
    return row.demand, row.target, row.measured, verdict, "; ".join(filter(None, words))


def peer_cells(result: Result) -> tuple[str, ...]:
    """A row of the table of peers."""
    peer = result.peer
    market = f"n = {result.mentees} {result.kind}"
    version = versions(peer.group) if peer.group else ""
    if result.refused:
        return peer.name, version, market, result.refused, "", ""
    theirs, ours = result.paired
    return (
        peer.name,
        version,
        market,
        f"{theirs} / {ours}",
        f"{result.total:.4f}",
        f"{result.times:.3g} ({result.seconds[0]:.3g} s / {result.seconds[1]:.3g} s)",
    )


def grown_cells(told: dict[str, Any]) -> tuple[str, ...]:
    """A row of the table of growth."""
    return (
        f"{told['mentees']:,}",
        f"{told['seconds']:.1f}",
        f"{told['extra']:,.0f}",
        f"{told['peak']:,.0f}",
        f"{told['paired']:,}",
        f"{100 * told['gap']:.1e}",
    )


def picture_of(grown: Sequence[dict[str, Any]]) -> str:
    """Seconds and memory against the number of mentees."""
    return growth(
        [
            ("Seconds, with proof", [(it["mentees"], it["seconds"]) for it in grown]),
            ("Peak memory, MiB", [(it["mentees"], it["peak"]) for it in grown]),
        ],
        title="Time and memory of pairing by number of mentees",
    )


def table(head: Sequence[str], rows) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |".replace("  ", " ") for cells in lines)


HEAD = ("demand", "target", "measured", "met", "remarks")
PEER_HEAD = (
    *("peer", "versions", "market"),
    *("paired, theirs / ours", "total, theirs / ours", "time, theirs / ours"),
)
GROWTH_HEAD = (
    *("mentees", "seconds", "MiB above the problem", "MiB in all"),
    *("paired", "gap, %"),
)

INTRODUCTION = """
# Pairing, measured

Written by `{command}`, which measures all of it again; any whole number is a seed.
Every figure of time is a ratio of two things timed in one process, so that it means
the same on another machine; seconds are for scale.

The people are invented: a hidden job family drives skills, interests and goals, eight
time zones and eight languages leave about half of all pairs possible, wishes crowd on
a few popular mentors, and a hundredth of the mentees are pinned. A *loose* market has
about 1.8 places for each mentee, a *scarce* one about one. Ratios to the dense
assignment are those of a plan without a floor, because it knows none; scores are
counted in our time and not in its.

*Gap* is the most by which any other plan could be better, as a share of the total.
It is told by the engine and worked out again from the plan's prices by code of its
own, which reads every pair once (weak duality).
"""
TARGETS = """
## Targets

{summary}
"""
PEERS = """
## Beside others

Each peer gets the same scores, capacities and costs of further places, without pins,
and its time is without start-up and without scoring; ours scores every pair from the
profiles. Totals are by one measure: scores less the cost of second and third mentees.
`matching` answers another question, which plan nobody would leave; it is here because
mentoring programs are told to use it. `mentor-match` is given our scores in place of
its rules, and a round for each further place.
"""
GROWTH = """
## Growth

A loose market alone in its process, with proof and without a floor. The dashed lines
grow with the square of the size, as the number of pairs does.

![Time and memory by number of mentees](pairing.svg)
"""
