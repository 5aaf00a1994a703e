"""One run: every measurement in its order, each row told as soon as it is known."""

from collections.abc import Callable, Iterable, Iterator

from . import memory, quality, speed
from .bench import Sizes
from .machine import machine
from .page import Report
from .peers.race import race, target_rows
from .rows import Row

Measurement = Callable[[int, Sizes], Iterator[Row]]

QUICK: tuple[Measurement, ...] = (
    quality.nothing_broken,
    quality.as_good_as_dense,
    quality.same_plan,
    quality.gap_is_true,
    quality.exact_alternatives,
    quality.floor_price,
    speed.small_market,
    speed.changes_at_a_glance,
)
LONG: tuple[Measurement, ...] = (
    speed.middle_market,
    speed.score_speed,
    speed.large_market,
    memory.peak_of_large,
)


def run(
    seed: int,
    sizes: Sizes,
    *,
    everything: bool,
    peers: bool,
    command: str,
    say: Callable[[str], object],
) -> Report:
    """Measure, and tell every row through `say`. Minutes for `everything`."""
    report = Report(command, machine())

    def tell(rows: Iterable[Row]) -> None:
        for row in rows:
            report.rows.append(row)
            say(line(row))

    for measure in QUICK + (LONG if everything else ()):
        tell(measure(seed, sizes))
    for result in race(seed, sizes, install=peers):
        report.results.append(result)
        say(f"peer   {result.peer.name}, {result.kind}: {result.refused or 'ran'}")
    tell(target_rows(report.results))
    if everything:
        for told in memory.grow(seed, sizes):
            report.grown.append(told)
            say(f"growth {told['mentees']:,}: {told['seconds']:.1f} s")
        tell(memory.growth_rows(report.grown))
    return report


def line(row: Row) -> str:
    """A row as one line of text."""
    verdict = "met   " if row.met else "MISSED"
    return f"{verdict} {row.demand}: {row.measured} ({row.target}) {row.note}"
