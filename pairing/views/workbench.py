from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from mentorship.charter.models import Cohort
from mentorship.charter.permissions import permit
from mentorship.charter.shell import coordinator_shell
from pairing import actions, wording
from pairing.forms import RuleForm
from pairing.models import PairRule, Round
from pairing.permissions import can_pair
from pairing.workbench import Workbench

A_PAGE = 20


def cohort_to_pair(request, pk) -> Cohort:
    cohorts = Cohort.objects.visible_to(request.user).select_related("program")
    cohort = get_object_or_404(cohorts, pk=pk)
    permit(can_pair(request.user, cohort))
    return cohort


@require_GET
def workbench(request, cohort):
    """Proposed pairs with reasons, who is left over, and the rules."""
    cohort = cohort_to_pair(request, cohort)
    return show(request, cohort, RuleForm(cohort=cohort))


def show(request, cohort, form, status=200):
    bench = Workbench(cohort)
    page = Paginator(bench.proposals, A_PAGE).get_page(request.GET.get("page"))
    context = {
        **coordinator_shell(cohort, nav="pairing"),
        "bench": bench,
        "cards": bench.cards(page.object_list),
        "page": page,
        "form": form,
    }
    return render(request, "pairing/workbench.html", context, status=status)


@require_POST
def propose(request, cohort):
    """Work the plan out anew."""
    cohort = cohort_to_pair(request, cohort)
    try:
        actions.propose(cohort, by=request.user, at=timezone.now())
    except actions.NothingToPropose:
        messages.info(
            request,
            _("Nobody can be paired yet: it takes a mentee and a mentor with room."),
        )
    return redirect("pairing:workbench", cohort.pk)


@require_POST
def set_rule(request, cohort):
    """Keep two people together or never pair them, then propose again."""
    cohort = cohort_to_pair(request, cohort)
    form = RuleForm(request.POST, cohort=cohort)
    if not form.is_valid():
        return show(request, cohort, form, status=422)
    now = timezone.now()
    try:
        actions.set_rule(cohort, **form.cleaned_data, by=request.user, at=now)
    except actions.CannotPin as refused:
        form.add_error(None, cannot_pin(refused))
        return show(request, cohort, form, status=422)
    return again(request, cohort, now)


def cannot_pin(refused) -> str:
    limits = wording.listed(wording.LIMITS[name] for name in refused.limits)
    return _("These two cannot be paired: they %(limits)s.") % {"limits": limits}


@require_POST
def drop_rule(request, rule):
    """Take a rule back, then propose again."""
    rules = PairRule.objects.filter(cohort__in=Cohort.objects.visible_to(request.user))
    rule = get_object_or_404(rules.select_related("cohort__program"), pk=rule)
    permit(can_pair(request.user, rule.cohort))
    actions.drop_rule(rule, by=request.user)
    return again(request, rule.cohort, timezone.now())


def again(request, cohort, now):
    """Propose again if there is a plan in work, and show it."""
    if Round.objects.filter(cohort=cohort, state=Round.State.PROPOSED).exists():
        try:
            actions.propose(cohort, by=request.user, at=now)
        except actions.NothingToPropose:
            messages.info(request, _("Nobody is left to pair under these rules."))
    mentee = request.POST.get("mentee", "")
    return redirect(f"{reverse('pairing:workbench', args=[cohort.pk])}#{mentee}")


@require_POST
def publish(request, cohort):
    """Offer all proposed pairs of the round on the screen."""
    cohort = cohort_to_pair(request, cohort)
    latest = Round.objects.latest_of(cohort)
    if latest is None or str(latest.pk) != request.POST.get("round"):
        messages.warning(
            request, _("The plan has changed meanwhile. Here is the newest.")
        )
        return redirect("pairing:workbench", cohort.pk)
    try:
        offers = actions.publish_round(latest, by=request.user, at=timezone.now())
    except actions.RoundHasChanged:
        messages.info(request, _("This plan was already published."))
        return redirect("pairing:workbench", cohort.pk)
    told = ngettext(
        "%(count)s pair has been told.", "%(count)s pairs have been told.", len(offers)
    ) % {"count": len(offers)}
    messages.success(request, told)
    return redirect("pairing:workbench", cohort.pk)
