"""How long it takes to plan very many reminders that are due in one minute."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from django.db import connection, transaction

from feedback.actions import ask_check_ins
from feedback.models import CheckIn
from feedback.reminding import CHECK_IN
from mentorship.charter.planning import plan
from mentorship.ops.soak.time import a_program
from mentorship.outbox.models import Notice

from .pairing.machine import machine

# The evening before a Tuesday.
NOW = datetime(2026, 10, 19, 20, 0, tzinfo=UTC)
TURNS = 3

# What is queued steps aside, and is what the bare rows are copied from: both begin with
# the same table.
ASIDE = "update outbox_notice set key = 'aside:' || key"
BARE = """
insert into outbox_notice (id, key, {columns})
select gen_random_uuid(), 'bare:' || key, {columns} from outbox_notice
"""


@dataclass(frozen=True)
class Timing:
    """Medians in seconds, for so many reminders."""

    reminders: int
    rows: float
    planned: float
    again: float
    bare: float

    @property
    def ratio(self) -> float:
        return self.planned / self.bare


class PlannerBench:
    """Invents people, plans their check-ins, and leaves nothing behind."""

    def __init__(self, say: Callable[[str], object]):
        self.say = say

    def run(self, people: int) -> Timing:
        with transaction.atomic():
            a_program(people, Random(0))
            run("analyze participants_participant, pairing_pair, accounts_user")
            timing = self.measure()
            transaction.set_rollback(True)
        self.say(
            f"{timing.reminders} reminders due in one minute: planned in one statement "
            f"in {timing.planned:.2f} s, {timing.ratio:.1f} times as long as inserting "
            f"as many bare rows ({timing.bare:.2f} s); planned again, when all are "
            f"there, in {timing.again:.2f} s; their check-ins {timing.rows:.2f} s"
        )
        return timing

    def measure(self) -> Timing:
        ask_check_ins(NOW)
        count = Notice.objects.filter(kind="check-in").count()
        again = [clocked(lambda: plan(CHECK_IN, NOW)) for _ in range(TURNS)]
        own = [str(f.column) for f in Notice._meta.concrete_fields]
        columns = ", ".join(name for name in own if name not in ("id", "key"))
        run(ASIDE)
        run("analyze outbox_notice")
        bare = [undone(lambda: run(BARE.format(columns=columns))) for _ in range(TURNS)]
        planned = [undone(lambda: plan(CHECK_IN, NOW)) for _ in range(TURNS)]
        CheckIn.objects.all().delete()
        both = [undone(lambda: ask_check_ins(NOW)) for _ in range(TURNS)]
        middle = statistics.median
        rows = max(middle(both) - middle(planned), 0)
        return Timing(count, rows, middle(planned), middle(again), middle(bare))


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def clocked(action: Callable[[], object]) -> float:
    """Seconds, with the constraints that a commit would check."""
    began = time.perf_counter()
    action()
    connection.check_constraints()
    return time.perf_counter() - began


def undone(action: Callable[[], object]) -> float:
    """The same, and then as it was."""
    with transaction.atomic():
        took = clocked(action)
        transaction.set_rollback(True)
    return took


def write(timing: Timing, folder: Path, command: str) -> Path:
    """The page of these figures; returns where it is."""
    facts = "\n".join(f"| {name} | {value} |" for name, value in machine().items())
    path = folder / "planner.md"
    path.write_text(f"""# Planning reminders

Everybody is asked how it is going, all in the same minute. One statement finds who, and
queues a mail to each (`mentorship/charter/planning.py`). Beside it, the same rows
inserted from a table into the same table: what Postgres needs at least. Medians of
{TURNS} turns, with all constraints checked.

| | |
|---|---|
| reminders due in one minute | {timing.reminders:,} |
| planned, in one statement | {timing.planned:.2f} s |
| as many bare rows | {timing.bare:.2f} s |
| ratio | {timing.ratio:.1f} |
| planned again, when all are there | {timing.again:.2f} s |
| the check-ins themselves, in one more statement | {timing.rows:.2f} s |

Measured with `{command}` on

| | |
|---|---|
{facts}
""")
    return path
