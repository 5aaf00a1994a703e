"""What a coordinator has to know of the report today: figures that wait for a look, and
a period of which nothing is published."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from mentorship.accounts.prepared import prepared
from mentorship.home.todo import Todo
from mentorship.insights.models import Period
from mentorship.ui.templatetags.ui import day_words
from pairing.templatetags.pairing_panels import clock_and_zone

NEWS_FOR = timedelta(days=14)


def period_todos(program, now: datetime) -> list[Todo]:
    """A checked period until it is published or withheld, and one that no version of
    could be published for two weeks; one query."""
    periods = periods_to_look_at(program, now - NEWS_FOR)
    return [
        waits(each, program)
        if each.state == Period.State.AUDITED
        else not_published(each)
        for each in periods
    ]


@prepared
def periods_to_look_at(program, since):
    found = Period.objects.for_coordinators(since).filter(program=program)
    return found.order_by("starts_on")


def waits(period: Period, program) -> Todo:
    """It is published by itself at night, so it is the first thing today."""
    period.program = program
    text = _(
        "Look before the steering group does. If you do nothing, it is published by "
        "itself at night, on %(at)s."
    )
    title = _("The report on %(first)s to %(last)s is checked and waits for you")
    return Todo(
        title=title % days_of(period),
        text=text % {"at": clock_and_zone(period.publishes_at)},
        url=reverse("insights:preview", args=[period.pk]),
        action=_("Look at it"),
        icon="chart",
    )


def not_published(period: Period) -> Todo:
    """Withheld by its own checks: nothing to do but to know it, and why."""
    title = _("Not published: the report on %(first)s to %(last)s")
    return Todo(
        title=title % days_of(period),
        text=_("It is withheld as a whole: %(because)s.")
        % {"because": period.get_withheld_because_display()},
        url=reverse("insights:period", args=[period.pk]),
        action=_("See why"),
        icon="shield",
        tone="",
    )


def days_of(period: Period) -> dict[str, str]:
    return {"first": day_words(period.starts_on), "last": day_words(period.ends_on)}
