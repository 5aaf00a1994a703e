"""A year of reminders with the clock in our hands, and what should have come of it.

What should have come is worked out anew from one thing only, what a clock on the wall
shows at a moment, and shares no code with the planner.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from zoneinfo import ZoneInfo

from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Min

from mentorship.accounts.models import User
from mentorship.accounts.signals import zone_changed
from mentorship.charter.models import Cohort, Program, Rhythm
from mentorship.home.reminding import plan_reminders
from mentorship.outbox.actions import sweep
from mentorship.outbox.models import Kind, Notice, Preference
from mentorship.participants.models import Participant, Pause
from milestones.models import Milestone
from pairing.models import Pair, Session
from tests.factories import CharterFactory

ZONES = [
    "UTC", "Europe/Berlin", "Europe/London", "Europe/Dublin", "Europe/Moscow",
    "Africa/Cairo", "Africa/Casablanca", "Africa/Lagos", "Asia/Beirut",
    "Asia/Jerusalem", "Asia/Tehran", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tokyo",
    "Asia/Shanghai", "Australia/Adelaide", "Australia/Lord_Howe", "Australia/Sydney",
    "Pacific/Auckland", "Pacific/Chatham", "Pacific/Apia", "Pacific/Kiritimati",
    "Pacific/Pago_Pago", "America/Anchorage", "America/Los_Angeles",
    "America/New_York", "America/St_Johns", "America/Havana", "America/Santiago",
    "America/Sao_Paulo",
]  # fmt: skip
TICK = timedelta(minutes=15)
PLANNING = timedelta(hours=24)
A_DAY = timedelta(days=1)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


class Counting(BaseEmailBackend):
    """Takes every mail and keeps whom it was for, and its Message-ID."""

    taken: list[tuple[str, str]] = []

    def send_messages(self, messages):
        for mail in messages:
            self.taken.append((mail.to[0], mail.extra_headers["Message-ID"]))
        return len(messages)


@dataclass
class Plan:
    """What was arranged: for the planner in rows, for the oracle in these."""

    first: date
    last: date
    people: list[Participant] = field(default_factory=list)
    rhythm: dict = field(default_factory=dict)  # of a cohort: weekday, at, every
    moves: dict = field(default_factory=dict)  # of a person: (moment, zone)
    pauses: dict = field(default_factory=dict)  # of a place: (first day, last day)
    off: set = field(default_factory=set)  # people without check-ins
    born: dict = field(default_factory=dict)  # the zone somebody starts in
    sessions: list = field(default_factory=list)
    steps: list = field(default_factory=list)


def arrange(people: int, first: date, last: date, seed: int) -> Plan:
    """Write a program with so many people in pairs, all over the world."""
    dice, plan = Random(seed), Plan(first, last)
    program = Program.objects.create(name="A year")
    CharterFactory(
        program=program,
        reminders_a_week=7,
        published_at=datetime(2020, 1, 1, tzinfo=UTC),
    )
    for kind, days, at in (("session", 1, time(9)), ("milestone", 1, time(8, 30))):
        Rhythm.objects.create(program=program, kind=kind, days=days, at=at)
    Rhythm.objects.create(program=program, kind="acknowledgment", is_on=False)
    # Night hours too: there the clocks are changed.
    beats = [
        (1, time(9), 1),
        (2, time(2, 30), 2),
        (3, time(0, 15), 1),
        (6, time(1, 45), 1),
    ]
    cohorts = [
        Cohort.objects.create(
            program=program, name=f"{n}", stage="active", active_on=first - 7 * A_DAY
        )
        for n in range(len(beats))
    ]
    for cohort, beat in zip(cohorts, beats, strict=True):
        weekday, at, every = plan.rhythm[cohort.pk] = beat
        Rhythm.objects.create(
            cohort=cohort, kind="check-in", weekday=weekday, at=at, every_weeks=every
        )
    users = User.objects.bulk_create(a_user(n, dice) for n in range(people))
    plan.people = Participant.objects.bulk_create(
        Participant(
            cohort=cohorts[(n // 2) % len(cohorts)],
            user=user,
            is_mentor=n % 2 == 0,
            is_mentee=n % 2 == 1,
            capacity=None if n % 2 else 1,
            state="joined",
        )
        for n, user in enumerate(users)
    )
    plan.born = {user.pk: user.zone for user in users}
    pair_up(plan, dice)
    some_are_special(plan, dice)
    return plan


def a_user(n: int, dice: Random) -> User:
    quiet = dice.choice([(None, None), (time(22), time(7)), (time(0, 30), time(5, 15))])
    return User(
        email=f"p{n}@year.example",
        given_name=f"P{n}",
        zone=ZONES[n % len(ZONES)],
        quiet_from=quiet[0],
        quiet_to=quiet[1],
    )


def pair_up(plan: Plan, dice: Random) -> None:
    """Pairs, with a session every fourth week and a step every seventh or so."""
    pairs = Pair.objects.bulk_create(
        Pair(
            cohort=mentor.cohort,
            mentor=mentor,
            mentee=mentee,
            state="active",
            started_on=plan.first - 4 * A_DAY,
            rhythm_days=30,
        )
        for mentor, mentee in zip(plan.people[::2], plan.people[1::2], strict=True)
    )
    for pair in pairs:
        day = plan.first + A_DAY * dice.randint(3, 30)
        while day < plan.last:
            at = datetime.combine(day, time(dice.randint(0, 23), 15), tzinfo=UTC)
            plan.sessions.append(Session(pair=pair, state="planned", starts_at=at))
            due = day + A_DAY * 11
            plan.steps.append(
                Milestone(
                    pair=pair,
                    title="A step",
                    due_on=due,
                    created_at=LONG_AGO,
                )
            )
            day += A_DAY * 28
    Session.objects.bulk_create(plan.sessions)
    Milestone.objects.bulk_create(plan.steps)


def some_are_special(plan: Plan, dice: Random) -> None:
    """Some move to another zone, some take a break, some want no check-ins."""
    for place in dice.sample(plan.people, len(plan.people) // 6):
        away = plan.first + A_DAY * dice.randint(3, (plan.last - plan.first).days - 23)
        plan.pauses[place.pk] = away, away + 20 * A_DAY
    for place in dice.sample(plan.people, len(plan.people) // 6):
        plan.off.add(place.user_id)
    for place in dice.sample(plan.people, len(plan.people) // 4):
        day = plan.first + A_DAY * dice.randint(5, (plan.last - plan.first).days - 5)
        moment = datetime.combine(day, time(dice.randint(0, 23), 45), tzinfo=UTC)
        plan.moves[place.user_id] = moment, dice.choice(ZONES)
    Pause.objects.bulk_create(
        Pause(participant_id=pk, starts_on=since, ends_on=until)
        for pk, (since, until) in plan.pauses.items()
    )
    Preference.objects.bulk_create(
        Preference(user_id=pk, kind=Kind.CHECK_IN, wanted=False) for pk in plan.off
    )


# --- The clock ------------------------------------------------------------------------


def live_through(plan: Plan) -> None:
    """Let the time pass in steps of a quarter of an hour, without those on which there
    is nothing to do."""
    now = datetime.combine(plan.first, time(), tzinfo=UTC)
    end = datetime.combine(plan.last, time(), tzinfo=UTC)
    to_move = sorted((at, pk, zone) for pk, (at, zone) in plan.moves.items())
    plan_at = now
    while now < end:
        while to_move and to_move[0][0] <= now:
            _at, pk, zone = to_move.pop(0)
            move(pk, zone, now)
        if plan_at <= now:
            plan_reminders(now)
            plan_at += PLANNING
        sweep(now)
        next_due = Notice.objects.unsent().aggregate(at=Min("due_at"))["at"] or end
        coming = [plan_at, next_due, *(at for at, _pk, _zone in to_move[:1])]
        while now < min(coming):
            now += TICK


def move(pk, zone: str, now: datetime) -> None:
    """What saving the settings does; the planner comes round soon after."""
    user = User.objects.get(pk=pk)
    user.zone = zone
    user.save(update_fields=["zone"])
    zone_changed.send(User, user=user)
    plan_reminders(now)


# --- What should have come ------------------------------------------------------------


@cache
def walls_of(zone: str, day: date) -> dict[datetime, datetime]:
    """{what the clock shows: the first moment when it does}, around a local day."""
    moment = datetime.combine(day, time(), tzinfo=UTC) - timedelta(hours=16)
    tz, shown = ZoneInfo(zone), {}
    for _step in range(4 * 58):
        shown.setdefault(moment.astimezone(tz).replace(tzinfo=None, fold=0), moment)
        moment += TICK
    return shown


def moment_of(zone: str, day: date, at: time) -> datetime:
    """The first moment when the clock shows this, or, if it never does, the one as long
    after its jump as the time lies after what it jumped from."""
    shown, wall = walls_of(zone, day), datetime.combine(day, at)
    if wall in shown:
        return shown[wall]
    before = wall
    while before not in shown:
        before -= TICK
    return shown[before] + (wall - before)


def is_quiet(user: User, zone: str, moment: datetime) -> bool:
    if user.quiet_from is None:
        return False
    clock = moment.astimezone(ZoneInfo(zone)).time()
    if user.quiet_from < user.quiet_to:
        return user.quiet_from <= clock < user.quiet_to
    return clock >= user.quiet_from or clock < user.quiet_to


def wanted(plan: Plan) -> dict[tuple, datetime]:
    """{(person, template, its subject or day): the moment when it should come}."""
    users = {user.pk: user for user in User.objects.filter(pk__in=plan.born)}
    end = datetime.combine(plan.last, time(), tzinfo=UTC)
    found = {}
    for place in plan.people:
        for what, by_zone, until in everything_for(plan, place):
            moment = when_due(plan, users[place.user_id], place, by_zone)
            if moment and moment < end and (until is None or moment <= until):
                found[place.user_id, *what] = moment
    return found


def everything_for(plan: Plan, place: Participant):
    """(what, {zone: its day and moment there}, until when) of one person's year."""
    weekday, at, every = plan.rhythm[place.cohort_id]
    anchor = plan.first - 7 * A_DAY
    anchor -= A_DAY * anchor.weekday()
    day = plan.first + A_DAY * 3
    while day <= plan.last and place.user_id not in plan.off:
        if day.weekday() == weekday and (day - anchor).days // 7 % every == 0:
            yield ("feedback/check_in", day), lambda zone, day=day: (day, at), None
        day += A_DAY
    mine = [row for row in (*plan.sessions, *plan.steps) if holds(row.pair, place)]
    for row in mine:
        if isinstance(row, Session):
            yield ("pairing/session_soon", row.pk), day_before(row), row.starts_at
        else:
            on = row.due_on - A_DAY
            yield (
                ("milestones/step_soon", row.pk),
                lambda _z, on=on: (on, time(8, 30)),
                None,
            )


def zone_at(plan: Plan, user_id, moment: datetime) -> str:
    at, zone = plan.moves.get(user_id, (None, None))
    return zone if at and moment >= at else plan.born[user_id]


def holds(pair: Pair, place: Participant) -> bool:
    return place.pk in (pair.mentor_id, pair.mentee_id)


def day_before(session: Session):
    def by_zone(zone: str) -> tuple[date, time]:
        local = session.starts_at.astimezone(ZoneInfo(zone)).date()
        return local - A_DAY, time(9)

    return by_zone


def when_due(plan: Plan, user: User, place, by_zone) -> datetime | None:
    """By the clock somebody lives by then; after a move what has not come yet counts by
    the new one. None on a break."""
    born = plan.born[user.pk]
    moved_at, moved_to = plan.moves.get(user.pk, (None, None))
    day, at = by_zone(born)
    moment = out_of_quiet(user, born, moment_of(born, day, at))
    if moved_at and moment >= moved_at:
        day, at = by_zone(moved_to)
        late = max(moment_of(moved_to, day, at), moved_at)
        moment = out_of_quiet(user, moved_to, late)
    first, last = plan.pauses.get(place.pk, (date.max, date.max))
    return None if first <= day <= last else moment


def out_of_quiet(user: User, zone: str, moment: datetime) -> datetime:
    while is_quiet(user, zone, moment):
        moment += TICK
    return moment


# --- What came ------------------------------------------------------------------------


def came() -> dict[tuple, datetime]:
    """{(person, template, its subject or day): the moment when it was sent}."""
    found = {}
    for notice in Notice.objects.filter(state=Notice.State.SENT):
        what = notice.about_id
        if notice.kind == Kind.CHECK_IN:
            what = date.fromisoformat(notice.key[-10:])
        found[notice.recipient_id, notice.template, what] = notice.sent_at
    return found
