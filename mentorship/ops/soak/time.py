"""Faults of time: clocks that change, people who move, and beats that are doubled."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

from django.core import mail
from django.db import connection, transaction
from django.test.utils import override_settings

from feedback.actions import ask_check_ins
from mentorship.accounts.models import User
from mentorship.accounts.signals import zone_changed
from mentorship.charter.hours import Beat, instant, week_of
from mentorship.charter.models import Cohort, Program, Rhythm
from mentorship.home.reminding import plan_reminders
from mentorship.outbox.actions import sweep
from mentorship.outbox.models import Notice
from mentorship.outbox.quiet import quiet_until
from mentorship.participants.models import Participant
from pairing.models import Pair

from .faults import Finding, fault
from .ground import EMPTY, ground

ZONES = [
    "UTC",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Dublin",
    "Europe/Moscow",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/Lagos",
    "Asia/Beirut",
    "Asia/Jerusalem",
    "Asia/Tehran",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "Asia/Shanghai",
    "Australia/Adelaide",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "America/Anchorage",
    "America/Los_Angeles",
    "America/New_York",
    "America/St_Johns",
    "America/Havana",
    "America/Santiago",
    "America/Sao_Paulo",
]
TUESDAY = date(2026, 10, 20)
NINE = time(9)
WEEKS = 104
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
IN_MEMORY = {"EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend"}

# (zone, what the clock shows, UTC): worked out by hand from the tz database's rules.
GOLDEN = [
    # The hour stays the same over a change.
    ("Europe/Berlin", "2026-10-20 09:00", "2026-10-20 07:00"),
    ("Europe/Berlin", "2026-10-27 09:00", "2026-10-27 08:00"),
    ("America/New_York", "2026-10-27 09:00", "2026-10-27 13:00"),
    ("America/New_York", "2026-11-03 09:00", "2026-11-03 14:00"),
    ("Asia/Kathmandu", "2026-07-07 09:00", "2026-07-07 03:15"),
    ("Pacific/Chatham", "2026-07-07 09:00", "2026-07-06 20:15"),
    ("Pacific/Chatham", "2026-01-06 09:00", "2026-01-05 19:15"),
    ("Pacific/Kiritimati", "2026-01-06 09:00", "2026-01-05 19:00"),
    ("Pacific/Pago_Pago", "2026-01-06 09:00", "2026-01-06 20:00"),
    # Skipped: as much later as the clock jumps.
    ("Europe/Berlin", "2026-03-29 02:30", "2026-03-29 01:30"),
    ("America/New_York", "2026-03-08 02:30", "2026-03-08 07:30"),
    ("Africa/Cairo", "2026-04-24 00:30", "2026-04-23 22:30"),
    ("America/Santiago", "2026-09-06 00:30", "2026-09-06 04:30"),
    ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:45"),
    # A whole day that a zone never had.
    ("Pacific/Apia", "2011-12-30 09:00", "2011-12-30 19:00"),
    # Shown twice: the first.
    ("Europe/Berlin", "2026-10-25 02:30", "2026-10-25 00:30"),
    ("America/New_York", "2026-11-01 01:30", "2026-11-01 05:30"),
    ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04 14:45"),
]


# --- F3 -------------------------------------------------------------------------------


@fault(
    "F3",
    "two beats and two sweepers",
    demand="no repeats, nothing lost",
)
def doubled(*, seed: int, short: bool) -> Finding:
    """Two processes' worth of planning and sweeping at the same moments, for ten
    minutes of the clock."""
    people = 20 if short else 400
    with ground(short, EMPTY), override_settings(**IN_MEMORY):
        users = a_program(people, Random(seed))
        mail.outbox = []
        start = Barrier(2)
        beats = [Thread(target=one_beat, args=(start, short)) for _ in range(2)]
        for thread in beats:
            thread.start()
        for thread in beats:
            thread.join()
        sent = [letter.extra_headers["Message-ID"] for letter in mail.outbox]
        kept = Notice.objects.filter(recipient__in=users)
        figures: dict[str, object] = {
            "due": people,
            "planned": kept.count(),
            "sent": len(sent),
            "repeats": len(sent) - len(set(sent)),
        }
    broken = []
    if figures["repeats"]:
        broken.append("A mail went out twice.")
    if not figures["planned"] == len(set(sent)) == people:
        broken.append("Not everybody had a mail.")
    return Finding(figures, broken)


def one_beat(start: Barrier, short: bool) -> None:
    """Plan and sweep at each tick, at the same time as another."""
    now = instant(TUESDAY, time(8, 55), ZoneInfo("UTC"))
    try:
        for _tick in range(3 if short else 20):
            now += timedelta(minutes=4) if short else MINUTE / 2
            start.wait(60)
            plan_reminders(now)
            sweep(now)
    finally:
        connection.close()


def a_program(people: int, dice: Random, zones=("UTC",)) -> list[User]:
    """A program whose people are all asked on Tuesdays at nine; returns them."""
    cohort = Cohort.objects.create(
        program=Program.objects.create(name="Faults of time"),
        name="Tried",
        stage=Cohort.Stage.ACTIVE,
        active_on=TUESDAY - timedelta(days=60),
    )
    Rhythm.objects.create(cohort=cohort, weekday=1, every_weeks=1, at=NINE)
    users = User.objects.bulk_create(
        User(
            email=f"time-{n}@faults.example",
            given_name=f"T{n}",
            password="!",
            zone=dice.choice(zones),
        )
        for n in range(people)
    )
    pair_up(cohort, users)
    return users


def pair_up(cohort: Cohort, users: list[User]) -> None:
    places = Participant.objects.bulk_create(
        Participant(
            cohort=cohort,
            user=user,
            state=Participant.State.JOINED,
            is_mentor=n % 2 == 0,
            is_mentee=n % 2 == 1,
            capacity=None if n % 2 else 1,
        )
        for n, user in enumerate(users)
    )
    Pair.objects.bulk_create(
        Pair(
            cohort=cohort,
            mentor=mentor,
            mentee=mentee,
            state=Pair.State.ACTIVE,
            started_on=TUESDAY - timedelta(days=60),
            rhythm_days=30,
        )
        for mentor, mentee in zip(places[::2], places[1::2], strict=True)
    )


# --- F12 ------------------------------------------------------------------------------


@fault(
    "F12",
    "weeks with clock changes: 30 zones, 104 weeks",
    demand="the local time is right, and exactly one reminder in each local week",
)
def clocks_change(*, seed: int, short: bool) -> Finding:
    """Each zone's reminders of two years, found window by window as the planner finds
    them, and a table worked out by hand: both edges, gaps and folds."""
    wrong = [
        f"{zone} {wall}: {found:%Y-%m-%d %H:%M}"
        for zone, wall, utc in GOLDEN
        if (found := by_hand(zone, wall)) != moment(utc)
    ]
    dice, checked = Random(seed), 0
    for zone in ZONES:
        at, weekday = time(dice.randrange(24), dice.choice([0, 15, 30, 45])), 6
        for hour in (NINE, time(2, 30), at):
            beat = Beat.weekly(hour, weekday, 1, TUESDAY)
            moments = two_years(beat, ZoneInfo(zone), WEEKS)
            wrong += problems(moments, hour, ZoneInfo(zone), WEEKS)
            checked += len(moments)
    figures: dict[str, object] = {"zones": len(ZONES), "weeks": WEEKS}
    figures |= {"moments": checked, "by hand": len(GOLDEN)}
    return Finding(figures, wrong)


def by_hand(zone: str, wall: str) -> datetime:
    there = datetime.fromisoformat(wall)
    return instant(there.date(), there.time(), ZoneInfo(zone))


def moment(utc: str) -> datetime:
    return datetime.fromisoformat(utc).replace(tzinfo=UTC)


def two_years(beat: Beat, zone: ZoneInfo, weeks: int) -> list[tuple[date, datetime]]:
    """(day, moment) of every reminder, in windows of two days that meet."""
    first = datetime(2025, 12, 29, tzinfo=UTC) - timedelta(hours=14)
    last, found = first + timedelta(weeks=weeks), []
    while first < last:
        window = beat.moments(first, first + 2 * 24 * HOUR, zone)
        found += [(day, at) for _subject, day, at in window]
        first += 2 * 24 * HOUR
    return found


def problems(found: list, at: time, zone: ZoneInfo, weeks: int) -> list[str]:
    """What is wrong with the reminders of one zone, in words."""
    numbers = [week_of(day) for day, _moment in found]
    wrong = []
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        wrong.append(f"{zone}: a week without, or with two")
    if abs(len(numbers) - weeks) > 1:
        wrong.append(f"{zone}: {len(numbers)} in {weeks} weeks")
    for day, when in found:
        shown, wanted = when.astimezone(zone), datetime.combine(day, at)
        late = shown.replace(tzinfo=None, fold=0) - wanted
        before = (when - 3 * HOUR).astimezone(zone)
        jumped = shown.utcoffset() - before.utcoffset()
        if shown.fold or (late and late != jumped):
            wrong.append(f"{zone}: {shown} instead of {wanted}")
    return wrong


# --- F13 ------------------------------------------------------------------------------


@fault(
    "F13",
    "somebody moves 20 times on the day of a reminder",
    demand="exactly one mail in that local week, and not early",
)
def moves(*, seed: int, short: bool) -> Finding:
    """Each round one pair, each of whom moves 20 times in two days; nothing of it is
    kept."""
    dice, broken, mails = Random(seed), [], 0
    rounds = 1 if short else 100
    with ground(short, EMPTY):
        told = [restless(dice) for _ in range(rounds)]
    for number, sent in enumerate(told):
        mails += sum(len(moments) for moments in sent.values())
        for name, moments in sent.items():
            if len(moments) != 1:
                broken.append(f"round {number}: {len(moments)} mails to {name}")
            broken += [
                f"round {number}: {there} is early"
                for there in moments
                if there.replace(tzinfo=None) < datetime.combine(TUESDAY, NINE)
            ]
    return Finding({"rounds": rounds, "moves": rounds * 40, "mails": mails}, broken)


def restless(dice: Random) -> dict[str, list[datetime]]:
    """{person: when each mail came, on their clock of that moment}."""
    sent: dict[str, list[datetime]] = {}
    with override_settings(**IN_MEMORY), transaction.atomic():
        people = {user.pk: user for user in a_program(2, dice, ZONES)}
        begins = instant(TUESDAY, time(), ZoneInfo("Pacific/Kiritimati"))
        minutes = sorted(
            (dice.randrange(50 * 60), pk) for pk in people for _move in range(20)
        )
        for minute in range(0, 64 * 60, 15):
            now = begins + timedelta(minutes=minute)
            while minutes and minutes[0][0] <= minute:
                move(people[minutes.pop(0)[1]], dice.choice(ZONES))
            if minute % 60 == 0:
                ask_check_ins(now)
            if Notice.objects.due(now).exists():
                sweep(now)
            # Only this program's people have been written to.
            for notice in Notice.objects.filter(
                state="sent", attempts__gt=0, recipient__in=people
            ).select_related("recipient"):
                user = notice.recipient
                sent.setdefault(user.given_name, []).append(now.astimezone(user.tz))
            Notice.objects.filter(state="sent").update(attempts=0)
        transaction.set_rollback(True)
    return {user.given_name: sent.get(user.given_name, []) for user in people.values()}


def move(user: User, zone: str) -> None:
    """As the settings keep it."""
    user.zone = zone
    user.save(update_fields=["zone"])
    zone_changed.send(User, user=user)


# --- F25 ------------------------------------------------------------------------------


@fault(
    "F25",
    "quiet hours over midnight and clock changes",
    demand="nothing inside quiet hours, nothing lost",
)
def quiet_hours(*, seed: int, short: bool) -> Finding:
    """Mails due at any minute, to people with any quiet hours, around the clock changes
    of two years: put off once and again until they may go."""
    dice, broken, tried = Random(seed), [], 0
    for zone in ZONES:
        user = User(zone=zone)
        for change in changes_of(ZoneInfo(zone)):
            for _try in range(5 if short else 60):
                user.quiet_from = time(dice.randrange(24), dice.choice([0, 15, 30]))
                user.quiet_to = time(dice.randrange(24), dice.choice([0, 15, 30]))
                due = change + MINUTE * dice.randrange(-36 * 60, 36 * 60)
                broken += put_off(user, due)
                tried += 1
    return Finding({"zones": len(ZONES), "mails": tried}, broken)


def changes_of(zone: ZoneInfo) -> list[datetime]:
    """The hours in which a zone's clocks change, or any hour where they never do."""
    first = datetime(2026, 1, 1, tzinfo=UTC)
    hours = [first + HOUR * n for n in range(2 * 365 * 24)]
    found = [
        hour
        for hour in hours
        if (hour + HOUR).astimezone(zone).utcoffset()
        != hour.astimezone(zone).utcoffset()
    ]
    return found or [first]


def put_off(user: User, due: datetime) -> list[str]:
    """What is wrong with the moment a mail goes out, found by putting it off."""
    now, said = due, f"{user.zone} {user.quiet_from}-{user.quiet_to} {due:%F %H:%M}"
    for _again in range(4):
        until = quiet_until(user, now)
        if until is None:
            break
        if until <= now:
            return [f"{said}: back in time"]
        now = until
    else:
        return [f"{said}: put off for ever"]
    inside = is_quiet(user, now)
    # Two days, where the only hour that is not quiet is one that the clocks skip.
    too_long = now - due > 50 * HOUR
    return [f"{said}: sent at {now:%F %H:%M}"] * (inside or too_long)


def is_quiet(user: User, moment: datetime) -> bool:
    """By the clock on the wall alone."""
    clock = moment.astimezone(user.tz).time()
    if user.quiet_from <= user.quiet_to:
        return user.quiet_from <= clock < user.quiet_to
    return clock >= user.quiet_from or clock < user.quiet_to
