"""Ending a pair early: one's own, or a pilot that a coordinator would replan."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentorship.charter.permissions import permit
from mentorship.charter.shell import coordinator_shell
from pairing import actions
from pairing.models import Pair
from pairing.permissions import can_replan, can_work_in


def fetch_pair(user, pk, allowed) -> Pair:
    visible = Pair.objects.visible_to(user).with_people()
    pair = get_object_or_404(visible.select_related("cohort__program"), pk=pk)
    permit(allowed(user, pair))
    return pair


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request, pair):
    """Ask, then end one's own pair, for no reason that anybody asks."""
    pair = fetch_pair(request.user, pair, can_work_in)
    if request.method != "POST":
        context = {
            "pair": pair,
            "partner": pair.partner_of(request.user),
            "side": pair.side_of(request.user),
            "nav": "pair",
        }
        return render(request, "pairing/leave.html", context)
    try:
        actions.leave_pair(pair, at=timezone.now())
    except actions.PairIsOver:
        messages.info(request, _("Your pair had ended already."))
    else:
        words = _("Your pair has ended. Both of you hear it in the same words.")
        messages.success(request, words)
    return redirect("home:today")


@require_http_methods(["GET", "HEAD", "POST"])
def replan(request, pair):
    """Ask, then let the night end a pilot so that both are paired anew."""
    pair = fetch_pair(request.user, pair, can_replan)
    if request.method != "POST":
        context = {**coordinator_shell(pair.cohort, nav="pairs"), "pair": pair}
        return render(request, "pairing/replan.html", context)
    try:
        if "keep" in request.POST:
            actions.keep_after_all(pair, by=request.user)
            messages.success(request, _("They stay together."))
        else:
            actions.ask_to_replan(pair, by=request.user, at=timezone.now())
            words = _("Tonight the pilot ends, and both hear it in the same words.")
            messages.success(request, words)
    except actions.PilotIsOver:
        messages.info(request, _("This pilot is over. Nothing was changed."))
    return redirect("pairing:pair", pair.pk)
