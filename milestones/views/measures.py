from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from mentorship.charter.models import Program
from mentorship.charter.permissions import permit
from mentorship.charter.shell import program_shell
from milestones import actions
from milestones.comparing import compared
from milestones.forms import MeasureForm, ValuesForm
from milestones.models import MeasureValue
from milestones.permissions import can_measure
from milestones.values import COLUMNS, Refused, read_values

SHOWN_ROWS = 20


@require_safe
def measures(request, program):
    """Figures of the organization: people of a cohort beside others."""
    program = own_program(request.user, program)
    steps = Count("milestones", filter=~Q(milestones__state="dropped"))
    found = program.measures.annotate(steps=steps).order_by("name")
    found = found.prefetch_related("values__cohort")
    context = {
        **program_shell(program, "measures"),
        "measures": [(measure, compared(measure)) for measure in found],
    }
    return render(request, "milestones/measures.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def measure_new(request, program):
    """Name a figure that the organization keeps anyway."""
    program = own_program(request.user, program)
    form = MeasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_measure(program, by=request.user, **form.cleaned_data)
        except actions.NameIsTaken:
            form.add_error("name", _("This program has a measure of that name."))
        else:
            messages.success(request, _("Added. Now its values can come."))
            return redirect("milestones:measures", program.pk)
    context = {**program_shell(program, "measures"), "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "milestones/measure_new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def values(request, program):
    """Choose a file, see what it would do, keep it. Nothing is stored in between: the
    preview carries the text along."""
    program = own_program(request.user, program)
    if request.method != "POST":
        return ask(request, program, ValuesForm())
    form = ValuesForm(request.POST, request.FILES)
    if not form.is_valid():
        return ask(request, program, form, status=422)
    try:
        rows = read_values(
            form.cleaned_data["text"],
            measures=program.measures.all(),
            cohorts=program.cohorts.all(),
        )
    except Refused as refused:
        form.add_error("file", str(refused))
        return ask(request, program, form, status=422)
    found = [row.value for row in rows if row.value]
    if "keep" in request.POST and found:
        return keep(request, program, found)
    return preview(request, program, form.cleaned_data["text"], rows)


def keep(request, program, found):
    count = actions.import_values(program, found, by=request.user, at=timezone.now())
    words = ngettext("%(n)s value kept.", "%(n)s values kept.", count) % {"n": count}
    messages.success(request, words)
    return redirect("milestones:measures", program.pk)


def ask(request, program, form, status=200):
    context = {
        **program_shell(program, "measures"),
        "form": form,
        "columns": COLUMNS,
        "measures": program.measures.all(),
    }
    return render(request, "milestones/measure_values.html", context, status=status)


def preview(request, program, text, rows):
    """What would be kept, what replaced, and what each other row still needs."""
    found = [row for row in rows if row.value]
    there = MeasureValue.objects.filter(measure__program=program)
    known = set(there.values_list("measure", "cohort", "group", "on"))
    context = {
        **program_shell(program, "measures"),
        "text": text,
        "columns": COLUMNS,
        "found": found[:SHOWN_ROWS],
        "more": max(len(found) - SHOWN_ROWS, 0),
        "count": len(found),
        "replaced": sum(1 for row in found if row.key in known),
        "problems": [row for row in rows if row.problem],
    }
    status = 200 if found else 422
    return render(request, "milestones/measure_preview.html", context, status=status)


def own_program(user, pk):
    program = get_object_or_404(Program.objects.visible_to(user), pk=pk)
    permit(can_measure(user, program))
    return program
