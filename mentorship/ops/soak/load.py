"""Many people at once."""

from dataclasses import replace

from mentorship.demo.management.commands.demo import collect_static
from mentorship.ops.bench.load.bench import LoadBench
from mentorship.ops.bench.seed import Shape

from .faults import Finding, fault
from .ground import EMPTY, ground

FULL = 200, 60.0  # people, seconds
SHORT = 20, 5.0
# Ten cohorts, so that those who look on are not all the same person.
FEW = Shape(people=300, cohorts=10, pairs=120, sessions=3_000)
MOST_OF_ALL = 1.5  # seconds for 99 of 100 pages
# In short it runs beside other tests and counts each worker's first pages.
PATIENCE = 5


@fault(
    "F17",
    "200 people are signed in and open pages for 60 s",
    demand="0 answers of 500 and more, 0 dropped; p95 under 800 ms, p99 under 1.5 s",
)
def many_people(*, seed: int, short: bool) -> Finding:
    """On 10,000 people and 100,000 sessions; in short on 300 and 3,000."""
    collect_static()
    people, seconds = SHORT if short else FULL
    with ground(short, EMPTY) as site:
        load = LoadBench(
            FEW if short else Shape().scaled(0.1),
            people=people,
            seconds=seconds,
            seed=seed,
            server=site.postgres,
            template=EMPTY,
            say=lambda words: None,
        ).run()
    patience = PATIENCE if short else 1
    load = replace(load, most=patience * load.most)
    slow = load.percentile(99)
    late = [f"p99 is {slow:.2f} s"] if slow > patience * MOST_OF_ALL else []
    figures: dict[str, object] = {
        "pages": len(load.visits),
        "p95, s": round(load.percentile(95), 2),
        "p99, s": round(slow, 2),
        "500 and more": len(load.failed),
        "dropped": len(load.dropped),
    }
    return Finding(figures, load.broken + late)
