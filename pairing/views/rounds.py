from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET
from django_tables2 import RequestConfig

from mentorship.charter.shell import coordinator_shell
from pairing.actions.runs import Run, plan_of
from pairing.forms import CompareForm
from pairing.history import Replayed, SideBySide, names_in, rounds_of
from pairing.models import Round, Weights
from pairing.tables import RoundTable
from pairing.what_counts import Settings
from pairing.what_if import price_of_floor

from .workbench import cohort_to_pair

A_PAGE = 25


@require_GET
def rounds(request, cohort):
    """Every plan that was worked out for a cohort, the newest first."""
    cohort = cohort_to_pair(request, cohort)
    found = list(rounds_of(cohort))
    table = RoundTable(found, names=names_in(found))
    RequestConfig(request).configure(table)
    context = {**coordinator_shell(cohort, nav="pairing"), "table": table}
    return render(request, "pairing/rounds.html", context)


@require_GET
def replay(request, cohort, number):
    """A stored plan worked out again from what it was made of."""
    cohort = cohort_to_pair(request, cohort)
    (round_,) = rounds_by_number(cohort, number)
    context = {
        **coordinator_shell(cohort, nav="pairing"),
        "round": round_,
        "replayed": Replayed(round_),
    }
    return render(request, "pairing/replay.html", context)


@require_GET
def compare(request, cohort):
    """Two plans side by side, by what counts today."""
    cohort = cohort_to_pair(request, cohort)
    context = coordinator_shell(cohort, nav="pairing")
    listed = list(Round.objects.filter(cohort=cohort).with_plan().only("number", "at"))
    if len(listed) < 2:
        return render(request, "pairing/compare.html", context)
    context["form"] = form = CompareForm(request.GET, rounds=listed)
    if not form.is_valid():
        return render(request, "pairing/compare.html", context, status=422)
    one, other = rounds_by_number(cohort, *form.two)
    newest = Weights.objects.filter(program=cohort.program).first()
    both = SideBySide.of(one, other, Settings.of(newest).engine_weights())
    page = Paginator(both.rows, A_PAGE).get_page(request.GET.get("page"))
    context |= {"one": one, "other": other, "both": both, "page": page}
    return render(request, "pairing/compare.html", context)


@require_GET
def price(request, cohort, number):
    """What the floor for the worst-off costs in a plan, in place or as a page."""
    cohort = cohort_to_pair(request, cohort)
    (round_,) = rounds_by_number(cohort, number)
    words = price_of_floor(Run.of(round_), plan_of(round_))
    context = {
        **coordinator_shell(cohort, nav="pairing"),
        "round": round_,
        "price": words,
    }
    return render(request, "pairing/price_of_floor.html", context)


def rounds_by_number(cohort, *numbers) -> list[Round]:
    """Worked-out rounds of the cohort with all they were made of, in this order."""
    found = Round.objects.filter(cohort=cohort, number__in=numbers).with_plan()
    by_number = {
        round_.number: round_
        for round_ in found.select_related("snapshot", "weights", "by")
    }
    if len(by_number) < len(set(numbers)):
        raise Http404
    return [by_number[number] for number in numbers]
