"""Where a cohort is, where it can go, and what still stands in the way."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from mentorship.ui.templatetags.ui import day_words

from .models import Cohort, Role
from .signals import looking_for_blockers

Stage = Cohort.Stage
ORDER = list(Stage)
DATED = [stage for stage in ORDER if stage != Stage.CHARTER]


@dataclass(frozen=True)
class Blocker:
    """What is still to be done before a stage. A waivable one is a warning that a
    coordinator may pass by giving a reason."""

    text: str
    url: str = ""
    waivable: bool = False


def stage_after(cohort):
    """The next stage, or None for alumni."""
    at = ORDER.index(cohort.stage)
    return ORDER[at + 1] if at + 1 < len(ORDER) else None


def stage_before(cohort):
    """The stage before, or None for the first."""
    at = ORDER.index(cohort.stage)
    return ORDER[at - 1] if at else None


def blockers(cohort, stage=None, today=None) -> list[Blocker]:
    """What keeps the cohort from entering `stage`, by default the next one: our own
    rules first, then those of the apps above."""
    stage = stage or stage_after(cohort)
    if stage is None:
        return []
    today = today or cohort.program.today()
    found = list(_own_blockers(cohort, stage, today))
    for _receiver, more in looking_for_blockers.send(
        Cohort, cohort=cohort, stage=stage
    ):
        found += more or []
    return found


def _own_blockers(cohort, stage, today):
    if stage != stage_after(cohort):
        return
    program = cohort.program
    if stage == Stage.ONBOARDING:
        if not program.in_force:
            url = reverse("charter:charter", args=[program.pk])
            yield Blocker(_("The charter is not published yet."), url)
        if any(cohort.day_of(each) is None for each in DATED):
            yield Blocker(_("Some stages have no date yet."), "#dates")
        if not program.roles.filter(kind=Role.Kind.COORDINATOR).exists():
            url = reverse("charter:roles", args=[program.pk])
            yield Blocker(_("Nobody coordinates this program."), url)
    if stage == Stage.CLOSING and cohort.closing_on and today < cohort.closing_on:
        words = _("Closing starts on %(day)s.") % {"day": day_words(cohort.closing_on)}
        yield Blocker(words, "#dates", waivable=True)


def stage_strip(cohort) -> dict:
    """What the `stages` tag draws: `steps`, and `line` which says it in a sentence."""
    now = ORDER.index(cohort.stage)
    steps = [
        {
            "label": stage.label,
            "detail": _week(cohort) if at == now else _from(cohort, stage),
            "state": "done" if at < now else "now" if at == now else "to_come",
        }
        for at, stage in enumerate(ORDER)
    ]
    words = _("%(stage)s, stage %(number)d of %(all)d.")
    coming = stage_after(cohort)
    if coming and (day := cohort.day_of(coming)):
        words = _("%(stage)s, stage %(number)d of %(all)d. %(next)s starts on %(day)s.")
    line = words % {
        "stage": cohort.get_stage_display(),
        "number": now + 1,
        "all": len(ORDER),
        "next": coming.label if coming else "",
        "day": day_words(day) if coming and day else "",
    }
    return {"steps": steps, "line": line}


def _from(cohort, stage) -> str:
    day = cohort.day_of(stage)
    return day_words(day) if day else ""


def _week(cohort) -> str:
    """`week 7 of 20` of the stage the cohort is in, where its days say so."""
    start, coming = cohort.day_of(cohort.stage), stage_after(cohort)
    end = cohort.day_of(coming) if coming else None
    today = cohort.program.today()
    if not start or not end or not start <= today < end:
        return _from(cohort, cohort.stage)
    week, weeks = (today - start).days // 7 + 1, -(-(end - start).days // 7)
    return _("week %(week)d of %(weeks)d") % {"week": week, "weeks": weeks}
