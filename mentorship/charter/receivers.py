"""What this app does when something happens in the apps below."""

from datetime import datetime, timedelta

from django.dispatch import receiver

from mentorship.accounts.signals import zone_changed
from mentorship.outbox.models import Notice
from mentorship.outbox.signals import looking_for_reasons_to_wait

from .models import BusyTime


@receiver(zone_changed)
def plan_anew(sender, user, **kwargs) -> None:
    """Take back what was planned by the old clock; the planner puts it to the new one.
    What was sent keeps its key, so that nobody is asked twice."""
    Notice.objects.filter(recipient=user, context__has_key="planned_for").cancel()


@receiver(looking_for_reasons_to_wait)
def a_busy_cohort_is_not_reminded(sender, notices, now, **kwargs) -> dict:
    """{id: moment} of reminders whose cohort has its hands full today: the hour they
    were due at, on the reader's own clock, on the first day after."""
    cohorts = {notice.cohort_id for notice in notices} - {None}
    times = BusyTime.objects.filter(cohort__in=cohorts).select_related(
        "cohort__program"
    )
    ends_on = {
        busy.cohort_id: busy.ends_on
        for busy in times
        if busy.starts_on <= busy.cohort.program.today(now) <= busy.ends_on
    }
    return {
        notice.pk: the_day_after(notice, ends_on[notice.cohort_id], now)
        for notice in notices
        if notice.cohort_id in ends_on
    }


def the_day_after(notice, ends_on, now: datetime) -> datetime:
    """The notice's wall time on the day after `ends_on`, never in the past."""
    zone = notice.recipient.tz
    hour = notice.due_at.astimezone(zone).time()
    moment = datetime.combine(ends_on + timedelta(days=1), hour, tzinfo=zone)
    return max(moment, now + timedelta(hours=1))
