"""How long a coordinator waits at the workbench of a large cohort."""

import os
import statistics
import time

from django.db import connection, transaction

from mentorship.ops.bench.pairing.program import program

from .cohort import waiting_cohort
from .desk import Desk
from .steps import STEPS, TURNS, Step

SEED = 0
DEMANDED = 1.0  # second, until the page is there again


class WorkbenchBench:
    """Invents a cohort, works on its plan, and leaves nothing behind."""

    def __init__(self, say):
        self.say = say

    def run(self, people):
        """`people` in all, half of them mentees."""
        load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
        self.say(f"{people} people; load {load} over 1, 5 and 15 minutes")
        with transaction.atomic():
            self.measure(program(SEED, people // 2))
            transaction.set_rollback(True)

    def measure(self, problem):
        began = time.perf_counter()
        desk = Desk(*waiting_cohort(problem))
        connection.check_constraints()
        self.say(f"invented in {time.perf_counter() - began:.1f} s")
        desk.post("propose")
        self.say(f"{len(desk.plan().mentor_of)} of {len(problem.mentees)} are paired")
        for step in STEPS:
            times = [self.timed(desk, step, turn) for turn in range(TURNS)]
            self.say(told(step, times))

    def timed(self, desk: Desk, step: Step, turn: int) -> tuple[float, float]:
        """Seconds until the page is there, with the constraints that a commit would
        check, and how many of them in Python; then everything is as it was."""
        with transaction.atomic():
            act = step.prepare(desk, turn)
            connection.check_constraints()
            began, cpu = time.perf_counter(), time.process_time()
            act()
            connection.check_constraints()
            took, worked = time.perf_counter() - began, time.process_time() - cpu
            transaction.set_rollback(True)
        return took, worked


def told(step: Step, times: list[tuple[float, float]]) -> str:
    """The median and the worst, and whether even the worst is as demanded; and the
    median of the time in Python, which other work on the machine hardly changes."""
    took, worked = zip(*times, strict=True)
    said = f"{step.name:34} {statistics.median(took):5.2f} s, worst {max(took):5.2f} s"
    said += f", in Python {statistics.median(worked):5.2f} s"
    if not step.waits:
        return said
    met = "met" if max(took) < DEMANDED else "MISSED"
    return f"{said}, under {DEMANDED:g} s: {met}"
