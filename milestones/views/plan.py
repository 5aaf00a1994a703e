from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mentorship.accounts.acting import acting_as
from mentorship.charter.permissions import permit
from mentorship.ui.pdf import Paper, download
from mentorship.ui.templatetags.ui import day_words
from milestones.permissions import can_take_plan
from milestones.planning import plan_of
from pairing.models import Pair


@require_safe
def plan(request, pair):
    """The plan to read, and to choose what goes along."""
    pair = own_pair(request.user, pair)
    with acting_as(request.user):
        context = {
            "sections": plan_of(pair, left_out(request)),
            "pair": pair,
            "partner": pair.mentor,
            "side": "mentee",
            "nav": "pair",
        }
        return render(request, "milestones/plan.html", context)


@require_safe
def plan_pdf(request, pair):
    """The same, as a page to take along."""
    pair = own_pair(request.user, pair)
    with acting_as(request.user):
        sections = plan_of(pair, left_out(request))
    return download(drawn(pair, sections), "development-plan")


def left_out(request) -> set[str]:
    """What was shown and is not ticked. The address says both, so that nothing is
    stored and a first look takes everything."""
    shown, taken = request.GET.getlist("shown"), request.GET.getlist("take")
    return set(shown) - set(taken)


def drawn(pair, sections):
    name, program = pair.mentee.name, pair.cohort.program
    title = _("Development plan of %(name)s") % {"name": name}
    page = Paper(title=title, language=get_language() or "en", author=name)
    page.headline(title)
    day = day_words(program.today(timezone.now()))
    page.aside(_("%(program)s, as of %(day)s") % {"program": program, "day": day})
    for section in sections:
        if section.taken:
            page.heading(section.title)
            for item in section.taken:
                if section.slug == "goals":
                    page.say(item.words)
                else:
                    page.item(item.words, item.detail)
    return page


def own_pair(user, pk):
    visible = Pair.objects.visible_to(user).with_people()
    pair = get_object_or_404(visible.select_related("cohort__program"), pk=pk)
    permit(can_take_plan(user, pair))
    return pair
