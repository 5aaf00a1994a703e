"""THE night: everything that happens by itself once a program's day has turned.

Each step may run again and again, on two workers, or after a crash half-way: the
result is the same. It runs every hour, because midnight comes to each zone at its own
time.
"""

import logging
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from django.db import connection
from django.utils import timezone

from feedback.actions import (
    ask_growth,
    climb_concerns,
    expire_stories,
    open_midpoints,
)
from mentorship.charter.models import Program
from mentorship.home.reminding import plan_reminders
from mentorship.insights.actions import (
    close_periods,
    compute_metrics,
    forget_rosters,
    open_periods,
    publish_waiting,
    sweep_periods,
    take_down_left_over,
)
from mentorship.insights.models import DailyMetric
from mentorship.outbox.actions import tell_of_check_ins
from mentorship.participants.actions import forget_old_imports
from pairing.actions import (
    ask_for_wishes,
    ask_pilot_questions,
    ask_where_closing_is_due,
    decide_pilots,
    expire_offers,
    look_after_pairs,
    sweep_files,
    take_inclusion_checks,
)

logger = logging.getLogger(__name__)

LOCK = 8317001


class NightFailed(Exception):
    """At least one step raised; the others ran all the same."""


class NotYet(Exception):
    """That day has not begun anywhere, so its night cannot have been."""


def run(now: datetime) -> Iterator[tuple[str, object]]:
    """Run every step in order and give each one's name and result. Nothing happens
    while another night runs. Raises NightFailed at the end when a step raised."""
    failed = []
    with alone() as ours:
        for name, step in STEPS if ours else []:
            try:
                yield name, step(now)
            except Exception:
                logger.exception("The night could not do: %s", name)
                failed.append(name)
    if failed:
        raise NightFailed(", ".join(failed))


def figures_of_the_day(now: datetime) -> int:
    """Figures of the day that has just ended in each program's zone, once: whatever is
    logged later counts from the next day on. The night of a past day works them out
    again, and marks what it restates."""
    ended = defaultdict(list)
    for program in Program.objects.all():
        ended[program.today(now) - timedelta(days=1)].append(program)
    if timezone.now() - now < timedelta(days=1):
        for day, programs in ended.items():
            there = DailyMetric.objects.programs_of(day)
            ended[day] = [program for program in programs if program.pk not in there]
    return sum(compute_metrics(day, programs) for day, programs in ended.items())


def moment_of(day: date) -> datetime:
    """When the night into `day` was over in every program's zone, or now if that is
    still to come somewhere. Raises NotYet for a day that has begun nowhere."""
    now = timezone.now()
    if day > (now + timedelta(hours=14)).date():
        raise NotYet
    zones: set[tzinfo] = {program.tz for program in Program.objects.all()} or {UTC}
    return min(now, max(datetime.combine(day, time(), tzinfo=zone) for zone in zones))


@contextmanager
def alone() -> Iterator[bool]:
    """Whether no other night runs; keeps others out inside the block."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [LOCK])
        (ours,) = cursor.fetchone()
        try:
            yield ours
        finally:
            if ours:
                cursor.execute("select pg_advisory_unlock(%s)", [LOCK])


STEPS = [
    ("let offers run out", expire_offers),
    ("ask for wishes", ask_for_wishes),
    ("ask pilot questions", ask_pilot_questions),
    ("decide pilots", decide_pilots),
    ("open midpoint reviews", open_midpoints),
    ("ask to begin closing", ask_where_closing_is_due),
    ("count how groups fared", take_inclusion_checks),
    ("plan reminders", plan_reminders),
    ("tell chat rooms of check-ins", tell_of_check_ins),
    ("look after pairs", look_after_pairs),
    ("let overdue concerns climb", climb_concerns),
    ("ask how people see their growth", ask_growth),
    ("end stories whose time is over", expire_stories),
    ("take down stories that ended", take_down_left_over),
    ("work out figures of the day", figures_of_the_day),
    ("publish checked periods", publish_waiting),
    ("close periods", close_periods),
    ("work closed periods out", sweep_periods),
    ("open periods", open_periods),
    ("forget who was counted long ago", forget_rosters),
    ("forget old imports", forget_old_imports),
    ("delete files left over", sweep_files),
]
