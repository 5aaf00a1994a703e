"""What every coordinator's page begins with: a cohort or program, and the side bar."""

from django.http import Http404
from django.utils.translation import gettext as _

from mentorship.accounts.prepared import prepared

from .models import Cohort, Program
from .permissions import can_coordinate, can_read_report, permit


def visible_cohort(user, pk) -> Cohort:
    """The cohort with its program, for somebody with a staff role there; else 404."""
    return only_one(visible_cohorts(user, pk))


def visible_program(user, pk) -> Program:
    """The program, for somebody with a staff role in it; else 404."""
    return only_one(visible_programs(user, pk))


def coordinated_cohort(user, pk) -> Cohort:
    """The cohort with its program, for somebody who coordinates it; else 404 or 403."""
    cohort = visible_cohort(user, pk)
    permit(can_coordinate(user, cohort.program))
    return cohort


def coordinated_program(user, pk) -> Program:
    """The program, for somebody who coordinates it; else 404 or 403."""
    program = visible_program(user, pk)
    permit(can_coordinate(user, program))
    return program


def only_one(rows: list):
    if not rows:
        raise Http404
    return rows[0]


@prepared
def visible_cohorts(user, pk):
    return Cohort.objects.visible_to(user).filter(pk=pk).select_related("program")


@prepared
def visible_programs(user, pk):
    return Program.objects.visible_to(user).filter(pk=pk)


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
    """The same for pages of a program rather than of one cohort, with the cohort that
    the first page leads to; one query."""
    cohorts = cohorts_of(program)
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
