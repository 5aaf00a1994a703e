"""Where coordinators see how their program goes: health, funnel, patterns."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mentorship.charter.models import Cohort, Program
from mentorship.charter.shell import coordinated_program, program_shell
from mentorship.insights import pictures
from mentorship.insights.funnel import STEPS, Funnel
from mentorship.insights.health import Health
from mentorship.insights.metrics.definitions import METRICS
from mentorship.insights.metrics.nightly import pairs_behind
from mentorship.insights.patterns import FEWEST, Patterns
from mentorship.ui.export import spreadsheet
from pairing.models import Pair

PAGE = 25


@require_safe
def health(request, program):
    """Every figure of the night with its last twelve weeks."""
    program, cohort = readable(request, program)
    found, labels = Health(program, cohort), part_labels(program)
    sections = [
        (slug, title, [pictures.card(reading, labels) for reading in readings])
        for slug, title, readings in found.sections
    ]
    context = {"title": _("How it goes"), "health": found, "sections": sections}
    return page(request, "health", program, cohort, context)


@require_safe
def funnel(request, program):
    """From an invitation to a first session, and where people wait."""
    program, cohort = readable(request, program)
    found = Funnel(program, cohort, program.today())
    context = {"title": _("On the way to a first session"), "funnel": found}
    if found.invited:
        context["bars"] = pictures.funnel_bars(found)
    return page(request, "funnel", program, cohort, context)


@require_safe
def patterns(request, program):
    """What ended pairs that went well have in common."""
    program, _none = readable(request, program)
    found = Patterns(program)
    title = _("What pairs that went well share")
    context = {"title": title, "patterns": found, "fewest": FEWEST}
    if found.found:
        context["chart"] = pictures.patterns_chart(found.found)
    return page(request, "patterns", program, None, context)


@require_safe
def insight_csv(request, program, what):
    """The same figures as on one of these pages."""
    program, cohort = readable(request, program)
    if what not in SHEETS:
        raise Http404("no such figures")
    head, rows = SHEETS[what](program, cohort)
    name = slugify(f"{cohort or program} {what}")
    return spreadsheet("csv", name, head, rows)


@require_safe
def behind(request, program, metric):
    """The pairs that a figure counts as not there, by name."""
    program, cohort = readable(request, program)
    told = METRICS.get(metric)
    if told is None or told.behind is None:
        raise Http404("nothing to look behind")
    as_of = Health(program, cohort).as_of
    pairs = Pair.objects.none()
    if as_of:
        ids = pairs_behind(told, as_of, cohort or program)
        pairs = Pair.objects.visible_to(request.user).filter(pk__in=ids)
    by_name = "mentor__user__family_name", "mentor__user__given_name", "pk"
    pairs = pairs.select_related("mentor__user", "mentee__user", "cohort")
    context = {
        "title": told.behind[1],
        "metric": told,
        "as_of": as_of,
        "pairs": one_page(request, pairs.order_by(*by_name)),
    }
    return page(request, "behind", program, cohort, context, tab="health")


@require_safe
def waiting(request, program, step):
    """The people who wait for a step, by name."""
    program, cohort = readable(request, program)
    if step not in STEPS:
        raise Http404("no such step")
    found = Funnel(program, cohort, program.today())
    people = one_page(request, found.waiting(step))
    since = found.since(step, people)
    context = {
        "title": STEPS[step].waiting,
        "people": people,
        "rows": [(place, since.get(place.pk)) for place in people],
    }
    return page(request, "waiting", program, cohort, context, tab="funnel")


def readable(request, pk) -> tuple[Program, Cohort | None]:
    """The program, and the cohort of it that was chosen; 404 and 403 as everywhere."""
    program = coordinated_program(request.user, pk)
    asked = request.GET.get("cohort")
    if not asked:
        return program, None
    try:
        cohort = UUID(asked)
    except ValueError:
        raise Http404("no such cohort") from None
    return program, get_object_or_404(program.cohorts, pk=cohort)


def page(request, name, program, cohort, context, tab=""):
    """One of these pages, inside the coordinator's shell."""
    shell = program_shell(program, "insight")
    shell |= {"chosen": cohort, "cohort": cohort or shell["cohort"]}
    context = {**shell, "tab": tab or name, **context}
    return render(request, f"insights/{name}.html", context)


def one_page(request, rows):
    return Paginator(rows, PAGE).get_page(request.GET.get("page"))


def part_labels(program: Program) -> dict[str, str]:
    """What the core outcomes in force are called, by slug."""
    charter = program.in_force
    return {o.slug: o.statement for o in charter.outcomes.all()} if charter else {}


def health_sheet(program, cohort):
    readings = [r for *_, each in Health(program, cohort).sections for r in each]
    return pictures.health_head(), pictures.health_cells(readings, part_labels(program))


def funnel_sheet(program, cohort):
    steps = Funnel(program, cohort, program.today()).steps
    return pictures.funnel_head(), [pictures.step_cells(step) for step in steps]


def patterns_sheet(program, cohort):
    found = Patterns(program).found
    rows = [[str(p.label), *pictures.cells(p)] for p in found]
    return pictures.patterns_head(), rows


SHEETS = {"health": health_sheet, "funnel": funnel_sheet, "patterns": patterns_sheet}
