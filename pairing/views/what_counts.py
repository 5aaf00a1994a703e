from itertools import zip_longest

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentorship.charter.shell import coordinator_shell
from pairing import actions, what_counts
from pairing.fairness import program_leans_on
from pairing.forms import WhatCountsForm
from pairing.models import Round, Weights
from pairing.what_counts import Settings
from pairing.what_if import Trial

from .workbench import cohort_to_pair

A_PAGE = 10


@require_http_methods(["GET", "HEAD", "POST"])
def weights(request, cohort):
    """What counts in the program: choose, see what would change, adopt."""
    cohort = cohort_to_pair(request, cohort)
    chosen = Chosen(cohort.program)
    if request.method != "POST":
        return page(request, cohort, chosen, chosen.form(wished=request.GET))
    form = chosen.form(request.POST)
    if not form.is_valid():
        return page(request, cohort, chosen, form, status=422)
    if request.POST.get("then") == "look":
        trial = chosen.trial(cohort, form.chosen())
        return page(request, cohort, chosen, form, trial=trial)
    return adopt(request, cohort, chosen, form)


class Chosen:
    """The numbers a program has adopted so far; one query."""

    def __init__(self, program):
        rows = Weights.objects.filter(program=program).select_related("by")
        self.rows = list(rows)

    @property
    def newest(self) -> Weights | None:
        return self.rows[0] if self.rows else None

    @property
    def settings(self) -> Settings:
        return Settings.of(self.newest)

    def form(self, data=None, **more) -> WhatCountsForm:
        number = self.newest.number if self.newest else 1
        return WhatCountsForm(data, settings=self.settings, number=number, **more)

    def trial(self, cohort, after: Settings) -> Trial:
        day = cohort.program.today(timezone.now())
        return Trial(cohort, day, self.settings, after)

    @property
    def versions(self) -> list[dict]:
        """Every number, newest first, with what it changed in words."""
        return [
            {
                "row": row,
                "changes": what_counts.in_words(Settings.of(older), Settings.of(row)),
            }
            for row, older in zip_longest(self.rows, self.rows[1:])
        ]


def page(request, cohort, chosen, form, *, status=200, **more):
    versions = Paginator(chosen.versions, A_PAGE)
    plans = Round.objects.filter(cohort=cohort).with_plan().only("cohort", "number")
    context = {
        **coordinator_shell(cohort, nav="pairing"),
        "round": plans.first(),
        "form": form,
        "leaning": program_leans_on(cohort),
        "versions": versions.get_page(request.GET.get("page")),
        **more,
    }
    return render(request, "pairing/what_counts.html", context, status=status)


def adopt(request, cohort, chosen, form):
    """Make it count, unless another coordinator adopted something meanwhile."""
    try:
        new = actions.adopt(
            cohort.program,
            form.chosen(),
            number=form.cleaned_data["number"],
            because=form.cleaned_data["because"],
            by=request.user,
            at=timezone.now(),
        )
    except actions.OthersChosen as others:
        return both(request, cohort, form, others.weights)
    if chosen.newest and new.pk == chosen.newest.pk:
        messages.info(request, _("That is how it is already. Nothing has changed."))
    else:
        words = _(
            "Number %(number)d counts from the next proposal on. Propose again to see "
            "what it does."
        )
        messages.success(request, words % {"number": new.number})
    return redirect("pairing:weights", cohort.pk)


def both(request, cohort, form, theirs):
    """Somebody else adopted another number: both side by side, and nothing lost."""
    chosen = Chosen(cohort.program)
    # Adopting once more is then a decision: these instead of theirs.
    data = request.POST.copy()
    data["number"] = theirs.number
    context = {
        "theirs": theirs,
        "differing": what_counts.in_words(Settings.of(theirs), form.chosen()),
    }
    return page(request, cohort, chosen, chosen.form(data), status=409, **context)
