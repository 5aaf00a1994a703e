from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from .. import actions
from ..forms import RhythmForms
from ..models import Rhythm
from ..reminders import STOPS, WHO, rows_of
from ..shell import (
    coordinated_cohort,
    coordinated_program,
    coordinator_shell,
    program_shell,
)


@require_safe
def of_program(request, program):
    """What counts in every cohort that has nothing of its own."""
    program = coordinated_program(request.user, program)
    context = {**program_shell(program, nav="reminders"), "rows": rows_of(program)}
    return render(request, "charter/reminders.html", {**context, "of": program})


@require_safe
def of_cohort(request, cohort):
    """What counts in one cohort, and where that differs from its program."""
    cohort = coordinated_cohort(request.user, cohort)
    context = {**coordinator_shell(cohort, nav="reminders"), "rows": rows_of(cohort)}
    context |= {"of": cohort, "is_cohort": True}
    return render(request, "charter/reminders.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def program_rhythm(request, program, kind):
    program = coordinated_program(request.user, program)
    shell = program_shell(program, nav="reminders")
    back = ("charter:reminders", program.pk)
    return _rhythm(request, program, kind, program.languages, shell, back)


@require_http_methods(["GET", "HEAD", "POST"])
def cohort_rhythm(request, cohort, kind):
    cohort = coordinated_cohort(request.user, cohort)
    shell = {**coordinator_shell(cohort, nav="reminders"), "is_cohort": True}
    back = ("charter:cohort_reminders", cohort.pk)
    return _rhythm(request, cohort, kind, cohort.program.languages, shell, back)


@require_POST
def drop(request, cohort, kind):
    """Back to the program's rhythm."""
    cohort = coordinated_cohort(request.user, cohort)
    actions.drop_rhythm(cohort, _kind(kind), by=request.user)
    messages.success(request, _("This cohort follows the program again."))
    return redirect("charter:cohort_reminders", cohort.pk)


def _rhythm(request, of, kind, languages, shell, back):
    """The form of one kind; a POST keeps it, unless somebody else was faster."""
    row = next(row for row in rows_of(of) if row.kind == _kind(kind))
    version = row.rhythm.version if row.is_own else 0
    data = request.POST if request.method == "POST" else None
    forms = RhythmForms(row.rhythm, version, languages, data)
    context = {**shell, "of": of, "forms": forms, "kind": Rhythm.Kind(kind)}
    context |= {"is_own": row.is_own, "who": WHO[kind], "stops": STOPS[kind]}
    if data is None:
        return render(request, "charter/rhythm.html", context)
    if not forms.is_valid():
        context["has_errors"] = True
        return render(request, "charter/rhythm.html", context, status=422)
    try:
        actions.keep_rhythm(
            of, kind, version=forms.version, by=request.user, **forms.changes()
        )
    except actions.RhythmHasChanged as changed:
        return _both(request, of, kind, languages, context, changed.stored)
    messages.success(request, _("Saved. What has not been sent yet follows it."))
    return redirect(*back)


def _both(request, of, kind, languages, context, stored):
    """Somebody else saved meanwhile: theirs beside one's own, and nothing lost."""
    version = stored.version if stored else 0
    theirs = stored or Rhythm.usual(kind)
    data = request.POST.copy()
    data["version"] = version  # saving once more is then a decision
    forms = RhythmForms(Rhythm.usual(kind), version, languages, data)
    context |= {"forms": forms, "theirs": RhythmForms(theirs, version, languages)}
    return render(request, "charter/rhythm.html", context, status=409)


def _kind(kind):
    if kind not in Rhythm.Kind.values:
        raise Http404
    return kind
