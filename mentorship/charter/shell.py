"""What the coordinator's side bar needs, for every app's pages above."""

from django.utils.translation import gettext as _

from .models import Cohort
from .permissions import can_coordinate, can_read_report


def coordinator_shell(cohort, nav: str) -> dict:
    """Context of templates/ui/coordinator.html; one query, for the switcher."""
    cohorts = Cohort.objects.filter(program=cohort.program_id).select_related("program")
    return {
        "program": cohort.program,
        "cohort": cohort,
        "cohorts": list(cohorts),
        "nav": nav,
        "staff_role": _("Coordinator"),
    }


def program_shell(program, nav: str) -> dict:
    """The same for pages of a program rather than of one cohort, with the cohort that
    the first page leads to; one query."""
    cohorts = list(program.cohorts.select_related("program"))
    running = [cohort for cohort in cohorts if cohort.is_running]
    going_on = [c for c in cohorts if c.stage != Cohort.Stage.ALUMNI]
    return {
        "program": program,
        "cohort": next(iter(running or going_on or cohorts), None),
        "cohorts": cohorts,
        "nav": nav,
        "staff_role": _("Coordinator"),
    }


def reader_shell(user, program, nav: str) -> dict:
    """For pages that coordinators and others with a role read: adds `shell`, the
    template to extend, by the reader's role."""
    if can_coordinate(user, program):
        return {**program_shell(program, nav), "shell": "ui/coordinator.html"}
    shell = "ui/steering.html" if can_read_report(user, program) else "ui/plain.html"
    return {"program": program, "nav": nav, "shell": shell}


def roles_shell(user, program) -> dict:
    """For the page of roles, which site administrators see without a role."""
    if can_coordinate(user, program):
        return {**program_shell(program, "roles"), "shell": "ui/coordinator.html"}
    return {"program": program, "shell": "ui/plain.html"}
