"""Importing a roster, step by step: upload, reading, columns, preview, result."""

from collections import Counter
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mentorship.charter.models import Cohort
from mentorship.charter.permissions import can_coordinate
from mentorship.charter.shell import coordinator_shell
from mentorship.ui.export import spreadsheet

from ..actions.import_undo import TooLateToUndo, undo_import
from ..actions.imports import (
    AlreadyImported,
    SomebodyElseChangedIt,
    choose_columns,
    choose_reading,
    commit_import,
    start_import,
)
from ..forms.imports import ColumnsForm, ReadingForm, UploadForm
from ..models import Import
from ..proposing import guess_columns, read_sheet
from ..roster.check import Problem
from ..roster.fields import LABELS
from ..roster.refusals import RosterRefused
from ..roster.wording import TITLES, sentence

SHOWN_ROWS = 8
PER_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request, cohort_id):
    """Upload a list; under it, the imports so far."""
    cohort = _cohort(request, cohort_id)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            draft = start_import(
                cohort=cohort, by=request.user, file_name=file.name, content=file.read()
            )
            return redirect("participants:import_reading", cohort.pk, draft.pk)
        except RosterRefused as refused:
            form.add_error("file", refused.message)
    imports = cohort.imports.select_related("by").defer("content", "before", "mapping")
    context = {"form": form, "imports": imports[:10]}
    return _page(request, "new", cohort, context, form)


def draft_only(view):
    """Give the view the draft; once it is imported, the steps lead to the result."""

    @wraps(view)
    def wrapped(request, cohort_id, pk):
        import_ = _import(request, cohort_id, pk)
        if import_.state != Import.State.DRAFT:
            return redirect("participants:import_result", cohort_id, pk)
        return view(request, import_)

    return wrapped


@require_http_methods(["GET", "HEAD", "POST"])
@draft_only
def import_reading(request, import_):
    """Sheet, characters, header row and order of dates, with the first rows shown."""
    form = ReadingForm(request.POST or None, import_=import_)
    if request.method == "POST" and form.is_valid() and "again" not in request.POST:
        choose_reading(import_=import_, options=import_.options | form.cleaned_data)
        return redirect("participants:import_columns", import_.cohort_id, import_.pk)
    rows = form.shown_rows(SHOWN_ROWS)
    context = {"form": form, "import": import_, "rows": rows}
    return _page(request, "reading", import_.cohort, context, form)


@require_http_methods(["GET", "HEAD", "POST"])
@draft_only
def import_columns(request, import_):
    """What each column holds; guesses are shown as guesses."""
    sheet = read_sheet(import_)
    header_row = import_.options["header_row"]
    headers = sheet.rows[header_row - 1]
    guesses = _chosen_before(import_) or guess_columns(headers)
    form = ColumnsForm(request.POST or None, headers=headers, guesses=guesses)
    if request.method == "POST" and form.is_valid():
        choose_columns(import_=import_, sheet=sheet, chosen=form.chosen)
        return redirect("participants:import_preview", import_.cohort_id, import_.pk)
    columns = [
        (field, _samples(sheet.rows[header_row:], column), form.how_known(column))
        for column, field in enumerate(form)
    ]
    context = {"form": form, "import": import_, "columns": columns}
    return _page(request, "columns", import_.cohort, context, form)


def _chosen_before(import_):
    columns = import_.mapping.get("columns", {})
    return {int(column): (name, "chosen") for column, name in columns.items()}


def _samples(rows, column):
    """The first three different texts of a column."""
    found = {}
    for row in rows[:200]:
        text = str(row[column]).strip() if column < len(row) else ""
        if text:
            found.setdefault(text[:60])
        if len(found) == 3:
            break
    return list(found)


@require_GET
@draft_only
def import_preview(request, import_):
    """What would happen, before it does: counts, errors by kind and by row."""
    if not import_.result:
        return redirect("participants:import_columns", import_.cohort_id, import_.pk)
    context = {"import": import_, "has_file": True, **_problems(request, import_)}
    return _page(request, "preview", import_.cohort, context)


@require_POST
def import_commit(request, cohort_id, pk):
    """Import the valid rows."""
    import_ = _import(request, cohort_id, pk)
    if import_.state == Import.State.DRAFT and not import_.result:
        return redirect("participants:import_columns", cohort_id, pk)
    try:
        commit_import(import_=import_, by=request.user, at=timezone.now())
    except AlreadyImported:
        messages.info(request, _("This list was imported already."))
    except SomebodyElseChangedIt:
        messages.error(
            request,
            _("Somebody changed the same people just now. Nothing was imported; please "
              "try again."),
        )  # fmt: skip
        return redirect("participants:import_preview", cohort_id, pk)
    return redirect("participants:import_result", cohort_id, pk)


@require_GET
def import_result(request, cohort_id, pk):
    """What the import did, and the way back while there is one."""
    import_ = _import(request, cohort_id, pk)
    if import_.state == Import.State.DRAFT:
        return redirect("participants:import_preview", cohort_id, pk)
    has_file = import_.undo_until > timezone.now()
    context = {
        "import": import_,
        "can_undo": has_file and import_.state == Import.State.COMMITTED,
        "has_file": has_file,
        **_problems(request, import_),
    }
    return _page(request, "result", import_.cohort, context)


@require_POST
def import_undo(request, cohort_id, pk):
    """Take the import back."""
    import_ = _import(request, cohort_id, pk)
    try:
        undo_import(import_=import_, by=request.user, at=timezone.now())
    except TooLateToUndo:
        messages.error(request, _("This import can no longer be taken back."))
    return redirect("participants:import_result", cohort_id, pk)


@require_GET
def import_failed(request, cohort_id, pk, kind):
    """The rows that failed, in the layout of the list, each with its reasons."""
    import_ = _import(request, cohort_id, pk)
    reasons = {}
    for error in import_.result.get("errors", []):
        problem = Problem(**error)
        said = {"field": LABELS[problem.field], "problem": sentence(problem)}
        reason = _("%(field)s: %(problem)s") % said
        reasons.setdefault(problem.row, []).append(reason)
    sheet = read_sheet(import_) if import_.content else None
    if not sheet or not reasons:
        return redirect("participants:import_result", cohort_id, pk)
    headers = sheet.rows[import_.options["header_row"] - 1]
    rows = [
        [*_padded(sheet.rows[row - 1], len(headers)), " ".join(said)]
        for row, said in sorted(reasons.items())
    ]
    return spreadsheet(kind, "rows-to-correct", [*headers, _("What to correct")], rows)


def _padded(row, width):
    """The row's cells under exactly as many headers."""
    return [*row, *[""] * (width - len(row))][:width]


def _problems(request, import_):
    """Errors and warnings for a page: how many of each kind, and 25 rows of them."""
    errors = import_.result.get("errors", [])
    warnings = import_.result.get("warnings", [])
    by_row = {}
    for found in (*errors, *warnings):
        by_row.setdefault(found["row"], []).append(Problem(**found))
    page = Paginator(sorted(by_row.items()), PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = [
        (row, [(LABELS[p.field], p.text, sentence(p)) for p in problems])
        for row, problems in page.object_list
    ]
    counts = Counter(error["kind"] for error in errors)
    return {
        "counts": import_.result["counts"],
        "kinds": [(TITLES[kind], n) for kind, n in counts.most_common()],
        "ambiguous": "ambiguous_date" in counts,
        "page": page,
    }


def _cohort(request, cohort_id):
    cohorts = Cohort.objects.visible_to(request.user).select_related("program")
    cohort = get_object_or_404(cohorts, pk=cohort_id)
    if not can_coordinate(request.user, cohort.program):
        raise PermissionDenied
    return cohort


def _import(request, cohort_id, pk):
    """An import into a program one coordinates; its file is fetched when needed."""
    imports = Import.objects.visible_to(request.user).defer("content", "before")
    imports = imports.select_related("cohort__program", "by")
    return get_object_or_404(imports, pk=pk, cohort=cohort_id)


def _page(request, step, cohort, context, form=None):
    context |= coordinator_shell(cohort, "people")
    status = 422 if form is not None and form.errors else 200
    return render(request, f"participants/import/{step}.html", context, status=status)
