"""A program with pairs whose facts lie in a spring that is over."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from mentorship.insights import actions
from tests import factories as make

START = date(2026, 3, 30)
END = date(2026, 6, 29)
BEFORE = datetime(2026, 3, 30, 1, tzinfo=UTC)
AFTER = datetime(2026, 6, 30, 1, tzinfo=UTC)


@dataclass
class Scene:
    program: object
    cohort: object
    pairs: list


def a_spring(pairs=12, **program) -> Scene:
    """A program whose pairs meet every two weeks, from the first day of the period."""
    program = make.ProgramFactory(**program)
    make.CharterFactory(program=program, rhythm_days=14)
    cohort = make.CohortFactory(program=program, pilot_on=START - timedelta(days=7))
    return Scene(
        program,
        cohort,
        make.PairFactory.create_batch(
            pairs, cohort=cohort, started_on=START - timedelta(days=7)
        ),
    )


def meet(pair, *days, state="asked"):
    """Sessions `days` after the start; the mentee is asked to look back on each."""
    sessions = []
    for day in days:
        on = START + timedelta(days=day)
        session = make.SessionFactory(pair=pair, held_on=on)
        asked_at = datetime.combine(on, datetime.min.time(), tzinfo=UTC)
        answered = None if state == "asked" else asked_at + timedelta(days=1)
        make.ReflectionFactory(
            session=session, state=state, asked_at=asked_at, answered_at=answered
        )
        sessions.append(session)
    return sessions


def settle_all(now: datetime) -> int:
    """What a worker and the next night do to every period that is over, until nothing
    is left; returns how many were published."""
    published = 0
    while actions.close_periods(now) + actions.sweep_periods(now):
        later = now + timedelta(days=1)
        published += actions.publish_waiting(later)
        actions.tell_everyone(later)
    return published
