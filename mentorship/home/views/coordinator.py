from django.contrib.humanize.templatetags.humanize import apnumber
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from mentorship.charter.models import Cohort
from mentorship.charter.permissions import can_coordinate, permit
from mentorship.charter.shell import coordinator_shell, visible_cohort
from mentorship.charter.stages import blockers, stage_after, stage_strip
from mentorship.home.attention import Attention
from mentorship.home.periods import period_todos
from mentorship.ui.charts import sparkline

EARLY = {Cohort.Stage.CHARTER, Cohort.Stage.ONBOARDING, Cohort.Stage.PAIRING}


@require_GET
def cohort(request, cohort):
    """A coordinator's first page: what needs a person, how it goes, what comes."""
    cohort = visible_cohort(request.user, cohort)
    permit(can_coordinate(request.user, cohort.program))
    now = timezone.now()
    context = {
        **coordinator_shell(cohort, nav="today"),
        "today": timezone.localdate(),
        "strip": stage_strip(cohort),
    }
    if cohort.stage in EARLY:
        context |= getting_ready(request, cohort, now)
        return render(request, "home/getting_ready.html", context)
    context |= running(request, Attention(cohort, now, request.user))
    return render(request, "home/cohort.html", context)


def running(request, attention) -> dict:
    """The page of a cohort with pairs."""
    todos, weekly = attention.todos, attention.weekly
    words = ", ".join(str(count) for count in weekly)
    return {
        "attention": attention,
        "todos": todos,
        "greeting": greeting(request.user, len(todos)),
        "counts": {"today": len(todos), "pairs": len(attention.pairs)},
        "spark": sparkline(
            weekly,
            _("Sessions in each of the last six weeks: %(counts)s") % {"counts": words},
        ),
    }


def getting_ready(request, cohort, now) -> dict:
    """The page of a cohort before its first pairs: what the next stage waits for, and
    what the report of earlier ones does."""
    todos, waiting = period_todos(cohort.program, now), blockers(cohort)
    return {
        "todos": todos,
        "blockers": waiting,
        "next_stage": stage_after(cohort),
        "greeting": greeting(request.user, len(todos) + len(waiting)),
        "counts": {"today": len(todos) + len(waiting)},
    }


def greeting(user, count: int) -> str:
    """The day's first sentence, in the reader's own time of day."""
    hour = timezone.localtime().hour
    if 5 <= hour < 12:
        hello = _("Good morning, %(name)s.")
    elif 12 <= hour < 18:
        hello = _("Good afternoon, %(name)s.")
    else:
        hello = _("Good evening, %(name)s.")
    hello = hello % {"name": user.short_name}
    if not count:
        return _("%(hello)s Nothing needs you today.") % {"hello": hello}
    number = str(apnumber(count)).capitalize()
    return ngettext(
        "%(hello)s %(number)s thing would be better for a hand from you.",
        "%(hello)s %(number)s things would be better for a hand from you.",
        count,
    ) % {"hello": hello, "number": number}
