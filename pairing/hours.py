"""When a word may reach two people at the same time. Pure: no database, no clock."""

from datetime import datetime, time, timedelta

DAY = (time(8), time(20))
DAYS_AHEAD = 4


def first_shared_minute(now: datetime, people: list) -> datetime:
    """The first moment from `now` on at which it is day for all and nobody is quiet.

    `people` have `tz`, `quiet_from` and `quiet_to`. Day is 8:00 to 20:00 in each own
    zone. Where two days never meet, the quiet hours alone count; else it is `now`.
    """
    moments = sorted(m for m in openings(now, people) if m >= now)
    for suits in (is_day, is_awake):
        for moment in moments:
            if all(suits(person, moment) for person in people):
                return moment
    return now


def openings(now: datetime, people: list) -> list[datetime]:
    """`now`, and every moment soon at which somebody's day begins or quiet ends."""
    found = [now]
    for person in people:
        today = now.astimezone(person.tz).date()
        for wall in filter(None, (DAY[0], person.quiet_to)):
            found += [
                datetime.combine(today + timedelta(days), wall, tzinfo=person.tz)
                for days in range(DAYS_AHEAD)
            ]
    return found


def is_awake(person, moment: datetime) -> bool:
    """Whether `moment` is outside the quiet hours, which may span midnight."""
    start, end = person.quiet_from, person.quiet_to
    if start is None or start == end:
        return True
    wall = moment.astimezone(person.tz).time()
    if start < end:
        return not start <= wall < end
    return end <= wall < start


def is_day(person, moment: datetime) -> bool:
    wall = moment.astimezone(person.tz).time()
    return DAY[0] <= wall < DAY[1] and is_awake(person, moment)
