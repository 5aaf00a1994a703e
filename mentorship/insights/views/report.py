from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from mentorship.charter.models import Program
from mentorship.charter.permissions import can_read_report, permit
from mentorship.charter.shell import reader_shell
from mentorship.insights.drawing import picture_of
from mentorship.insights.report import export_head, published_periods, rows_of
from mentorship.ui.export import spreadsheet


@require_safe
def report(request, program):
    """What the steering group reads about a program: published figures only."""
    program = readable_program(request, program)
    periods = published_periods(program)
    period = chosen(periods, request.GET.get("period"))
    context = {
        **reader_shell(request.user, program, "report"),
        "today": timezone.localdate(),
        "periods": periods,
        "period": period,
        "open_period": program.periods.open().first(),
        "charter": program.in_force,
        "outcomes": list(program.in_force.outcomes.all()) if program.in_force else [],
    }
    if period:
        context |= picture_of(period, rows_of(period), program.in_force)
    return render(request, "insights/report.html", context)


@require_safe
def report_csv(request, program):
    """The same rows as on the page."""
    program = readable_program(request, program)
    period = chosen(published_periods(program), request.GET.get("period"))
    rows = [row.cells for row in rows_of(period)] if period else []
    name = slugify(f"{program.name} {period.starts_on if period else ''}")
    return spreadsheet("csv", name, export_head(), rows)


def readable_program(request, pk) -> Program:
    program = get_object_or_404(Program.objects.visible_to(request.user), pk=pk)
    permit(can_read_report(request.user, program))
    return program


def chosen(periods, asked):
    """The period asked for, the newest by default; None before the first one."""
    if not asked:
        return periods[0] if periods else None
    try:
        pk = UUID(asked)
    except ValueError:
        raise Http404("no such period") from None
    found = [period for period in periods if period.pk == pk]
    if not found:
        raise Http404("no such period")
    return found[0]
