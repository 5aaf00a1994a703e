"""Where a coordinator opens, looks at, publishes and closes what is reported."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from mentorship.charter.models import Program
from mentorship.charter.permissions import can_coordinate, permit
from mentorship.charter.shell import program_shell
from mentorship.insights import actions
from mentorship.insights.drawing import picture_of
from mentorship.insights.forms import NarrativeForm
from mentorship.insights.models import Period, Theme
from mentorship.insights.report import drafted_rows, tables_in
from mentorship.insights.shapes import shapes_in
from mentorship.insights.themes import drafted_themes, fewest_behind

from .report import reading


def coordinated(request, pk) -> Program:
    program = get_object_or_404(Program.objects.visible_to(request.user), pk=pk)
    permit(can_coordinate(request.user, program))
    return program


def coordinated_period(request, pk) -> Period:
    visible = Period.objects.visible_to(request.user)
    period = get_object_or_404(visible.select_related("program", "rule"), pk=pk)
    permit(can_coordinate(request.user, period.program))
    return period


@require_http_methods(["GET", "HEAD", "POST"])
def periods(request, program):
    """Every period and its state; the next one opens here, or by itself at night."""
    program, now = coordinated(request, program), timezone.now()
    if request.method == "POST":
        try:
            period = actions.open_period(program, now, by=request.user)
        except actions.NothingToCount:
            words = _("A period is open already, or no pair is under way yet.")
            messages.info(request, words)
            return redirect("insights:periods", program.pk)
        messages.success(
            request, _("The period is open. Who belongs to it is settled.")
        )
        return redirect("insights:period", period.pk)
    found = list(program.periods.select_related("rule", "program"))
    is_open = any(one.state == Period.State.OPEN for one in found)
    context = {
        **program_shell(program, "report"),
        "periods": found,
        "rule": program.publication_rules.first(),
        "opening": None if is_open else actions.opening_of(program, now),
    }
    return render(request, "insights/periods.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def period(request, period):
    """One period: what it counts, what it may tell, and the acts that are left."""
    period = coordinated_period(request, period)
    form = NarrativeForm(instance=period)
    if request.method == "POST":
        act = request.POST.get("act", "")
        if act == "narrate":
            form = NarrativeForm(request.POST, instance=period)
        if act != "narrate" or form.is_valid():
            return done(request, period, act, form)
    now = timezone.now()
    shapes = shapes_in(period) if period.state == Period.State.OPEN else []
    frozen = period.frozen_places
    context = {
        **program_shell(period.program, "report"),
        "period": period,
        "form": form,
        "pairs": frozen.values("pair").distinct().count(),
        "people": frozen.values("participant__user").distinct().count(),
        "tables": tables_in(shapes),
        "whole": [row for row in shapes if row.is_whole and not row.is_shift],
        "may_close": actions.may_close(period, now),
        **drafts_beside(period),
    }
    status = 422 if form.errors else 200
    return render(request, "insights/period.html", context, status=status)


def drafts_beside(period) -> dict:
    """Drafts of themes of this period, and what earlier ones went without while this
    one is not settled; and how many lessons one needs."""
    beside = Q(period=period)
    if not period.is_settled:
        settled = period.program.periods.settled()
        beside |= Q(period__in=settled.filter(starts_on__lt=period.starts_on))
    return {
        "themes": Theme.objects.drafts().with_lessons().filter(beside),
        "fewest_lessons": fewest_behind(period.rule),
    }


def done(request, period, act, form):
    """Do what a button says, and go where it can be seen."""
    if act not in DONE:
        raise Http404("no such act")
    now, by = timezone.now(), request.user
    try:
        if act == "narrate":
            actions.narrate(period, form.cleaned_data["narrative"], by=by)
        else:
            ACTS[act](period, by=by, at=now)
    except actions.PeriodHasMovedOn:
        words = _("Somebody else, or the night, was faster. Here is how it stands.")
        messages.info(request, words)
    except actions.TooEarly:
        messages.info(request, _("A period lasts a month at least. Nothing changed."))
    else:
        messages.success(request, DONE[act])
    return redirect("insights:period", period.pk)


ACTS = {
    "close": actions.close_period,
    "publish": actions.publish,
    "withhold": actions.withhold,
}
DONE = {
    "narrate": gettext_lazy("Kept. It will stand at the top of the report."),
    "close": gettext_lazy("Closed. What comes late no longer counts."),
    "publish": gettext_lazy("Published. It stays as it is from now on."),
    "withhold": gettext_lazy("Withheld. Nobody will see these figures."),
}


@require_safe
def preview(request, period):
    """The report of a checked period, exactly as it will be published; the published
    one for whoever comes too late."""
    period = coordinated_period(request, period)
    if period.state == Period.State.PUBLISHED:
        report = reverse("insights:report", args=[period.program_id])
        return redirect(f"{report}?period={period.pk}")
    if period.state != Period.State.AUDITED:
        raise Http404("nothing waits to be published")
    context = {
        **program_shell(period.program, "report"),
        **reading(period.program, as_published(period)),
        "shell": "ui/coordinator.html",
        "waiting": period,
    }
    rows = drafted_rows(period)
    context |= picture_of(period, rows, context["charter"])
    context["themes"] = drafted_themes(period)
    return render(request, "insights/report.html", context)


def as_published(period: Period):
    """The period as its published row will be; not saved."""
    return actions.published_row(period, timezone.now())
