"""What "find a time" reads: both people's hours, and what is in the way."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from mentorship.participants.models import Availability, Pause
from pairing.models import Pair, Session
from pairing.slots import Search, Span, shared_slots, whole_days

LONGEST = timedelta(hours=4)


def times_for(pair: Pair, *, reader, minutes: int, now: datetime) -> list[datetime]:
    """Up to five times in the next three weeks that suit both; four queries."""
    search = Search(now, minutes, reader.tz)
    return shared_slots(search, hours_of(pair), taken(pair, search))


def hours_of(pair: Pair) -> list[list]:
    """The weekly hours of each of the two."""
    users = [place.user_id for place in pair.members]
    found = defaultdict(list)
    for row in Availability.objects.filter(profile__in=users):
        hours = row.weekday, row.starts, row.ends, row.zone
        found[row.profile_id].append(hours)
    return [found[user] for user in users]


def taken(pair: Pair, search: Search) -> Iterator[Span]:
    """Planned sessions of either, busy days of the cohort, and breaks of either."""
    users = [place.user_id for place in pair.members]
    since, until = search.now - LONGEST, search.until + LONGEST
    for session in Session.objects.taking_time_of(users, since, until):
        length = timedelta(minutes=session.minutes or 45)
        yield session.starts_at, session.starts_at + length
    first, last = pair.today_at(search.now), pair.today_at(search.until)
    zone = pair.cohort.program.tz
    for busy in pair.cohort.busy_times.filter(starts_on__lte=last, ends_on__gte=first):
        yield whole_days(busy.starts_on, busy.ends_on, zone)
    breaks = Pause.objects.filter(starts_on__lte=last, participant__in=pair.members)
    for pause in breaks.not_over_on(first):
        yield whole_days(pause.starts_on, pause.ends_on or last, zone)
