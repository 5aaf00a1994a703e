from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mentorship.accounts.prepared import prepared

from .. import actions, stages
from ..forms import BusyForm, CohortForm, MoveForm, RhythmForm
from ..models import BusyTime, Rhythm, StageChange
from ..permissions import can_coordinate, permit
from ..shell import coordinator_shell, program_shell, visible_cohort, visible_program


@require_http_methods(["GET", "HEAD", "POST"])
def create(request, program):
    program = visible_program(request.user, program)
    permit(can_coordinate(request.user, program))
    form = CohortForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            new = actions.create_cohort(
                program, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except actions.NameIsTaken:
            form.add_error("name", _("This program has a cohort of that name."))
        else:
            messages.success(request, _("The cohort is there. Check its stage here."))
            return redirect("charter:cohort", new.pk)
    context = {**program_shell(program, nav="stage"), "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "charter/create_cohort.html", context, status=status)


def _cohort(request, pk):
    cohort = visible_cohort(request.user, pk)
    permit(can_coordinate(request.user, cohort.program))
    return cohort


@require_http_methods(["GET", "HEAD", "POST"])
def cohort(request, cohort):
    """Stage, days and rhythm of a cohort. A POST saves its name and days."""
    cohort = _cohort(request, cohort)
    if request.method != "POST":
        return _page(request, cohort)
    form = CohortForm(request.POST)
    if form.is_valid():
        try:
            actions.change_cohort(
                cohort, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except actions.NameIsTaken:
            form.add_error("name", _("This program has a cohort of that name."))
        else:
            messages.success(request, _("Dates saved."))
            return redirect("charter:cohort", cohort.pk)
    return _page(request, cohort, status=422, dates=form)


@require_POST
def rhythm(request, cohort):
    cohort = _cohort(request, cohort)
    form = RhythmForm(request.POST)
    if not form.is_valid():
        return _page(request, cohort, status=422, rhythm=form)
    chosen = form.cleaned_data
    actions.set_rhythm(
        cohort,
        weekday=chosen["weekday"],
        time=chosen["at"],
        every_weeks=chosen["every_weeks"],
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, _("Check-ins will go out in this rhythm."))
    return redirect("charter:cohort", cohort.pk)


@require_POST
def busy(request, cohort):
    """Add days on which reminders wait."""
    cohort = _cohort(request, cohort)
    form = BusyForm(request.POST)
    if not form.is_valid():
        return _page(request, cohort, status=422, busy=form)
    now = timezone.now()
    actions.add_busy_time(cohort, **form.cleaned_data, by=request.user, at=now)
    messages.success(request, _("Reminders wait until these days are over."))
    return redirect("charter:cohort", cohort.pk)


@require_POST
def drop_busy(request, cohort, busy):
    cohort = _cohort(request, cohort)
    found = get_object_or_404(cohort.busy_times, pk=busy)
    actions.drop_busy_time(found, by=request.user, at=timezone.now())
    messages.success(request, _("Reminders go out on these days as usual."))
    return redirect("charter:cohort", cohort.pk)


@require_POST
def move(request, cohort):
    cohort = _cohort(request, cohort)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _page(request, cohort, status=422, moving=form)
    try:
        change = actions.move_cohort(
            cohort, **form.cleaned_data, by=request.user, at=timezone.now()
        )
    except actions.CohortHasMoved:
        messages.error(request, _("This cohort has just been moved by somebody else."))
    except actions.StageIsBlocked as blocked:
        if all(blocker.waivable for blocker in blocked.args[0]):
            form.add_error("because", _("Say why it is right to move on now."))
        return _page(request, cohort, status=422, moving=form)
    else:
        words = _("The cohort is now in this stage: %(stage)s.")
        messages.success(request, words % {"stage": change.get_to_stage_display()})
    return redirect("charter:cohort", cohort.pk)


def _page(request, cohort, *, status=200, **forms):
    """The page with what is stored, or with the one of its `forms` that was sent."""
    stored = next(iter(check_in_rhythms(cohort)), None)
    forward, back = stages.stage_after(cohort), stages.stage_before(cohort)
    found = stages.blockers(cohort) if forward else []
    context = {
        **coordinator_shell(cohort, nav="stage"),
        "strip": stages.stage_strip(cohort),
        "dates": CohortForm(instance=cohort),
        "rhythm": RhythmForm(instance=stored),
        "has_rhythm": stored is not None,
        "busy": BusyForm(),
        "busy_times": busy_times_of(cohort),
        "moving": MoveForm(),
        "forward": forward,
        "back": back,
        "blockers": found,
        "is_blocked": any(not blocker.waivable for blocker in found),
        "back_blockers": stages.blockers(cohort, back) if back else [],
        "history": last_changes(cohort),
        "has_errors": status == 422,
        **forms,
    }
    return render(request, "charter/cohort.html", context, status=status)


@prepared
def check_in_rhythms(cohort):
    """The cohort's own, one at most."""
    return Rhythm.objects.filter(cohort=cohort, kind=Rhythm.Kind.CHECK_IN)


@prepared
def busy_times_of(cohort):
    return BusyTime.objects.filter(cohort=cohort)


@prepared
def last_changes(cohort):
    """The last ten times that the cohort was moved."""
    return StageChange.objects.filter(cohort=cohort).select_related("by")[:10]
