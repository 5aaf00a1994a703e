"""What the coordinator's side bar needs, for every app's pages above."""

from django.utils.translation import gettext as _

from .models import Cohort


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
    """The same for pages of a program rather than of one cohort; one query."""
    cohorts = list(program.cohorts.select_related("program"))
    current = next((c for c in cohorts if c.stage != Cohort.Stage.ALUMNI), None)
    return {
        "program": program,
        "cohort": current or (cohorts[0] if cohorts else None),
        "cohorts": cohorts,
        "nav": nav,
        "staff_role": _("Coordinator"),
    }
