"""What the coordinator's side bar needs, for every app's pages above."""

from django.utils.translation import gettext as _

from mentorship.accounts.prepared import prepared

from .models import Cohort
from .permissions import can_coordinate, can_read_report


def coordinator_shell(cohort, nav: str) -> dict:
    """Context of templates/ui/coordinator.html; one query, for the switcher."""
    return {
        "program": cohort.program,
        "cohort": cohort,
        "cohorts": cohorts_of(cohort.program),
        "nav": nav,
        "staff_role": _("Coordinator"),
    }


@prepared
def cohorts_of(program):
    return Cohort.objects.filter(program=program).select_related("program")


def program_shell(program, nav: str) -> dict:
    """The same for pages of a program rather than of one cohort; one query."""
    cohorts = cohorts_of(program)
    current = next((c for c in cohorts if c.stage != Cohort.Stage.ALUMNI), None)
    return {
        "program": program,
        "cohort": current or (cohorts[0] if cohorts else None),
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
