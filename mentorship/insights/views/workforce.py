from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from mentorship.charter.models import Program
from mentorship.charter.permissions import can_coordinate, permit
from mentorship.charter.shell import program_shell
from mentorship.insights.actions import import_totals
from mentorship.insights.forms import WorkforceForm
from mentorship.insights.models import WorkforceTotal
from mentorship.insights.workforce import COLUMNS, reached


@require_http_methods(["GET", "HEAD", "POST"])
def workforce(request, program):
    """How many people work where, beside those who take part; and new totals."""
    programs = Program.objects.visible_to(request.user)
    program = get_object_or_404(programs, pk=program)
    permit(can_coordinate(request.user, program))
    first = {"counted_on": program.today()}
    form = WorkforceForm(request.POST or None, request.FILES or None, initial=first)
    form.today = program.today()
    if request.method == "POST" and form.is_valid():
        count = import_totals(
            program,
            form.cleaned_data["totals"],
            counted_on=form.cleaned_data["counted_on"],
            by=request.user,
            at=timezone.now(),
        )
        words = ngettext("%(n)s total kept.", "%(n)s totals kept.", count)
        messages.success(request, words % {"n": count})
        return redirect("insights:workforce", program.pk)
    context = {
        **program_shell(program, "measures"),
        "form": form,
        "columns": COLUMNS,
        "kinds": WorkforceTotal.Kind,
        "groups": reached(program),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "insights/workforce.html", context, status=status)
