"""How long the night's figures take, against reading the table of sessions once."""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from django.db import connection
from django.utils import timezone

from mentorship.insights.actions import compute_metrics
from mentorship.ops.bench.seed import Shape, fill, scratch
from mentorship.ops.night import figures_of_the_day

T = TypeVar("T")
SCALES = (0.01, 0.1, 1, 10)
SCANS = 3
SCAN = "select max(minutes) from pairing_session"


@dataclass(frozen=True)
class Night:
    """One size: seconds of a scan, of the night, of the next hour's, and of working the
    same figures out once more; and how many rows it wrote."""

    sessions: int
    cohorts: int
    scan: float
    first: float
    next: float
    again: float
    rows: int

    @property
    def ratio(self) -> float:
        """The night, in scans."""
        return self.first / self.scan


class NightBench:
    """Fills a database of each size, computes a night, and drops it."""

    def __init__(
        self,
        shape: Shape | None = None,
        *,
        scales: tuple[float, ...] = SCALES,
        server=None,
        template: str = "",
        say: Callable[[str], object] = print,
    ):
        self.shapes = [(shape or Shape()).scaled(scale) for scale in scales]
        self.place = {"server": server, "template": template}
        self.say = say

    def run(self) -> Iterator[Night]:
        """The sizes in turn, the smallest first."""
        for shape in self.shapes:
            with scratch("night", **self.place):
                fill(shape, words=False, traces=False, say=self.say)
                night = measure(shape)
                self.say(f"{night.first:.2f} s, {night.ratio:.1f} scans")
                yield night


def measure(shape: Shape) -> Night:
    """Work out yesterday's figures as a night does, on a database nobody else uses."""
    scan = statistics.median(timed(scan_sessions)[0] for _ in range(SCANS))
    now = timezone.now()
    first, rows = timed(figures_of_the_day, now)
    after, _none = timed(figures_of_the_day, now)
    again, _changed = timed(compute_metrics, now.date() - timedelta(days=1))
    return Night(shape.sessions, shape.cohorts, scan, first, after, again, rows)


def scan_sessions() -> None:
    """Read the whole table in its own order, in one process."""
    with connection.cursor() as cursor:
        cursor.execute("set max_parallel_workers_per_gather = 0")
        cursor.execute(SCAN)
        cursor.execute("reset max_parallel_workers_per_gather")


def timed(act: Callable[..., T], *args) -> tuple[float, T]:
    """Seconds on the wall, and what came of it."""
    began = time.perf_counter()
    result = act(*args)
    return time.perf_counter() - began, result
