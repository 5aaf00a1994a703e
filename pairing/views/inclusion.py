"""Whether pairing served all alike: groups of ten or more, counted once."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from mentorship.charter.shell import coordinator_shell
from pairing.actions import look_at_inclusion
from pairing.inclusion import comparisons

from .workbench import cohort_to_pair


@require_GET
@never_cache
def inclusion(request, cohort):
    """The cohort's inclusion check; that somebody looked is recorded."""
    cohort = cohort_to_pair(request, cohort)
    check = look_at_inclusion(cohort, by=request.user)
    context = {
        **coordinator_shell(cohort, nav="pairing"),
        "check": check,
        "comparisons": comparisons(check) if check else [],
    }
    return render(request, "pairing/inclusion.html", context)
