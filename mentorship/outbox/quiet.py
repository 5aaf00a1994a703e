"""When somebody wants to be left alone, in their own time."""

from datetime import UTC, datetime, timedelta


def quiet_until(user, now: datetime) -> datetime | None:
    """The end (UTC) of the quiet hours that `now` falls into, or None outside them.

    The hours are wall times in the user's zone and may span midnight. A wall time that
    the clocks skip counts as the moment they skip to; of a doubled one the later end
    counts, so that nothing arrives early.
    """
    starts, ends = user.quiet_from, user.quiet_to
    if starts is None or starts == ends:
        return None
    here = now.astimezone(user.tz)
    clock = here.time().replace(tzinfo=None)
    if not (
        starts <= clock < ends if starts < ends else clock >= starts or clock < ends
    ):
        return None
    day = here.date() if clock < ends else here.date() + timedelta(days=1)
    end = datetime.combine(day, ends, tzinfo=user.tz).replace(fold=1).astimezone(UTC)
    # Inside a doubled hour the wall clock may pass the end twice.
    return end if end > now else end + timedelta(hours=1)
