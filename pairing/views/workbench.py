"""The workbench: a coordinator looks at the plan."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from mentorship.charter.models import Cohort
from mentorship.charter.permissions import permit
from mentorship.charter.shell import coordinator_shell, visible_cohort
from mentorship.participants.models import Participant
from pairing.actions.changes import open_round, plan_to_mend
from pairing.forms import RuleForm
from pairing.models import Round
from pairing.permissions import can_pair
from pairing.workbench import Mending, Others, Search, Workbench


def cohort_to_pair(request, pk) -> Cohort:
    cohort = visible_cohort(request.user, pk)
    permit(can_pair(request.user, cohort))
    return cohort


def round_to_change(request, pk) -> Round:
    """A round of a cohort that the reader pairs."""
    cohorts = Cohort.objects.visible_to(request.user)
    rounds = Round.objects.filter(cohort__in=cohorts).select_related("cohort__program")
    found = get_object_or_404(rounds, pk=pk)
    permit(can_pair(request.user, found.cohort))
    return found


@require_GET
def workbench(request, cohort):
    """Proposed pairs with reasons, who is left over, and the rules."""
    return show(request, cohort_to_pair(request, cohort))


def show(request, cohort, status=200, form=None, **more):
    """The workbench, with what a failed post has to say."""
    search = Search.of(request.GET)
    if form is None and search.decide:
        form = RuleForm(cohort=cohort)
    context = {
        **coordinator_shell(cohort, nav="pairing"),
        "bench": Workbench(cohort, request.user, search, timezone.now()),
        "search": search,
        "form": form,
        **more,
    }
    answer = render(request, "pairing/workbench.html", context, status=status)
    if status != 200:
        answer["HX-Replace-Url"] = "false"
    return answer


def back(request, cohort, anchor=""):
    """To the workbench as it was being looked at."""
    query = Search.of(request.GET).query
    url = reverse("pairing:workbench", args=[cohort.pk])
    return redirect(
        f"{url}{'?' if query else ''}{query}{'#' if anchor else ''}{anchor}"
    )


@require_GET
def others(request, cohort, mentee):
    """Other mentors for one mentee, and why not somebody."""
    cohort = cohort_to_pair(request, cohort)
    here = Participant.objects.filter(cohort=cohort).mentees().select_related("user")
    mentee = get_object_or_404(here, pk=mentee)
    round_ = open_round(cohort)
    asked = request.GET.get("mentor", "")
    found = round_ and Others(round_, mentee, request.user, asked)
    context = {
        **coordinator_shell(cohort, nav="pairing"),
        "mentee": mentee,
        "others": found if found and found.is_in_plan else None,
        "search": Search.of(request.GET),
        "round": round_,
    }
    return render(request, "pairing/others.html", context)


@require_GET
def mending(request, cohort):
    """The smallest change that would bring the plan up to date."""
    cohort = cohort_to_pair(request, cohort)
    round_ = plan_to_mend(cohort)
    if round_ is None:
        return back(request, cohort)
    context = {
        **coordinator_shell(cohort, nav="pairing"),
        "mending": Mending(round_, timezone.now()),
        "round": round_,
    }
    return render(request, "pairing/mending.html", context)


@require_GET
def progress(request, round):
    """How far a plan in work is; the page is fetched anew once it is there."""
    found = round_to_change(request, round)
    if not request.htmx:
        return back(request, found.cohort)
    answer = render(request, "pairing/_progress.html", {"round": found})
    if found.state != Round.State.SOLVING:
        answer["HX-Refresh"] = "true"
    return answer
