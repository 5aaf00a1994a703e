from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from mentorship.charter.shell import coordinated_program, program_shell
from mentorship.insights.actions import import_totals
from mentorship.insights.forms import WorkforceForm
from mentorship.insights.workforce import COLUMNS, reached


@require_http_methods(["GET", "HEAD", "POST"])
def workforce(request, program):
    """How many people work where, beside those who take part; and new totals."""
    program = coordinated_program(request.user, program)
    sent = request.POST or None, request.FILES or None
    form = WorkforceForm(*sent, today=program.today())
    if request.method == "POST" and form.is_valid():
        return keep(request, program, **form.cleaned_data)
    context = {
        **program_shell(program, "measures"),
        "form": form,
        "columns": COLUMNS,
        "groups": reached(program),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "insights/workforce.html", context, status=status)


def keep(request, program, *, totals, counted_on, **other):
    kept = {"counted_on": counted_on, "by": request.user, "at": timezone.now()}
    count = import_totals(program, totals, **kept)
    words = ngettext("%(n)s total kept.", "%(n)s totals kept.", count) % {"n": count}
    messages.success(request, words)
    return redirect("insights:workforce", program.pk)
