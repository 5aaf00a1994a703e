"""What the steering group reads: published figures only, on page, CSV and PDF."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from mentorship.charter.models import Program
from mentorship.charter.permissions import can_coordinate, can_read_report, permit
from mentorship.charter.shell import reader_shell
from mentorship.insights.drawing import published_picture
from mentorship.insights.models import Period
from mentorship.insights.paper import report_paper
from mentorship.insights.report import export_head, published_periods, rows_of
from mentorship.insights.stories import stories_of
from mentorship.insights.themes import themes_of
from mentorship.ui.export import spreadsheet
from mentorship.ui.pdf import download


@require_safe
def report(request, program):
    """The narrative first, then figures, breakdowns and shifts of one period."""
    program = readable_program(request, program)
    periods = published_periods(program)
    period = chosen(periods, request.GET.get("period"))
    context = {
        **reader_shell(request.user, program, "report"),
        **reading(program, period),
        **stories_of(program),
        "periods": periods,
        "open_period": program.periods.open().first(),
        "coordinates": can_coordinate(request.user, program),
        "withheld": program.periods.filter(state=Period.State.WITHHELD),
    }
    if period:
        context |= published_picture(period, context["charter"])
    return render(request, "insights/report.html", context)


def reading(program, period) -> dict:
    """What the report needs beside its rows."""
    charter = program.versions.in_force().prefetch_related("outcomes").first()
    return {
        "today": timezone.localdate(),
        "period": period,
        "charter": charter,
        "targets": [(one, None) for one in charter.outcomes.all()] if charter else [],
    }


@require_safe
def report_csv(request, program):
    """The same rows as on the page."""
    program, period = program_and_period(request, program)
    told = [*rows_of(period), *themes_of(period)] if period else []
    rows = [each.cells for each in told]
    return spreadsheet("csv", name_of(program, period), export_head(), rows)


@require_safe
def report_pdf(request, program):
    """The same rows as on the page, as a paper to take along."""
    program, period = program_and_period(request, program)
    if period is None:
        raise Http404("nothing is published yet")
    context = reading(program, period)
    picture = published_picture(period, context["charter"]) | stories_of(program)
    rows = rows_of(period)
    paper = report_paper(program, period, rows, picture, request.user.language)
    return download(paper, name_of(program, period))


@require_safe
def protects(request):
    """How figures protect people, in plain words, for everybody."""
    return render(request, "insights/protects.html", {"nav": "today"})


def program_and_period(request, pk):
    program = readable_program(request, pk)
    return program, chosen(published_periods(program), request.GET.get("period"))


def name_of(program, period) -> str:
    """What a file of the report is called."""
    return slugify(f"{program.name} {period.starts_on if period else ''}") or "report"


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
