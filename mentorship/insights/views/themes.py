"""Where coordinators say what lessons of many pairs have in common."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentorship.charter.permissions import can_coordinate, permit
from mentorship.charter.shell import program_shell
from mentorship.insights import actions
from mentorship.insights.forms import ThemeForm
from mentorship.insights.models import Period, Theme
from mentorship.insights.themes import fewest_behind
from milestones.models import SharedLesson
from milestones.wording import labels_of

from .periods import coordinated_period

NEWEST = 200


@require_http_methods(["GET", "HEAD", "POST"])
def theme_new(request, period):
    """A new theme, told with a period that is still to be published."""
    period = coordinated_period(request, period)
    if period.is_settled:
        return too_late(request, period)
    return written(request, Theme(period=period))


@require_http_methods(["GET", "HEAD", "POST"])
def theme(request, theme):
    """A draft: change it, drop it; what an earlier period went without is told with the
    next one, once somebody has looked at it again."""
    periods = Period.objects.visible_to(request.user)
    drafts = Theme.objects.drafts().filter(period__in=periods)
    found = drafts.select_related("period__program", "period__rule")
    theme = get_object_or_404(found, pk=theme)
    period = theme.period
    permit(can_coordinate(request.user, period.program))
    if "drop" in request.POST:
        actions.drop_theme(theme, by=request.user)
        messages.success(request, _("Dropped. It is told nowhere."))
        return redirect("insights:period", period.pk)
    if period.is_settled:
        waiting = period.program.periods.unsettled().select_related("program", "rule")
        theme.period = waiting.order_by("starts_on").first() or period
    return written(request, theme)


def written(request, theme: Theme):
    """The form of a theme, or what became of it."""
    period = theme.period
    ticked = [str(pk) for pk in theme.sources.values_list("lesson", flat=True)]
    lessons = lessons_for(period.program, ticked)
    form = ThemeForm(
        request.POST or None,
        lessons=lessons,
        hints=hints_of(period.program, lessons),
        fewest=fewest_behind(period.rule),
        initial={"text": theme.text, "lessons": ticked},
    )
    if form.is_valid():
        return kept(request, theme, form)
    context = {
        **program_shell(period.program, "report"),
        "theme_is_new": theme._state.adding,
        "period": period,
        "form": form,
        "fewest": fewest_behind(period.rule),
        "lessons": lessons,
    }
    status = 422 if form.is_bound else 200
    return render(request, "insights/theme.html", context, status=status)


def kept(request, theme: Theme, form: ThemeForm):
    text, lessons = form.cleaned_data["text"], form.chosen()
    try:
        actions.write_theme(theme, by=request.user, text=text, lessons=lessons)
    except actions.PeriodHasMovedOn:
        return too_late(request, theme.period)
    messages.success(request, _("Kept. It is told with the period, if it may be."))
    return redirect("insights:period", theme.period_id)


def too_late(request, period: Period):
    words = _("That period is settled, so nothing is told with it any more.")
    messages.info(request, words)
    return redirect("insights:period", period.pk)


def lessons_for(program, ticked: list[str]) -> list[SharedLesson]:
    """The newest shared lessons of a program and those that are ticked, those about one
    thing beside each other."""
    shared = SharedLesson.objects.filter(program=program)
    newest = shared.order_by("-shared_on", "id")[:NEWEST]
    found = {lesson.pk: lesson for lesson in [*newest, *shared.filter(pk__in=ticked)]}
    return sorted(found.values(), key=lambda lesson: (lesson.themes, str(lesson.pk)))


def hints_of(program, lessons: list[SharedLesson]) -> dict[str, str]:
    """{lesson: what it is about}, in words; one query."""
    labels = labels_of(program, [slug for one in lessons for slug in one.themes])
    return {
        str(one.pk): ", ".join(str(labels.get(slug, slug)) for slug in one.themes)
        for one in lessons
    }
