"""Closure as a stage: for the two, for each of them afterwards, and for a cohort."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from mentorship.charter.shell import coordinator_shell
from pairing import actions
from pairing.forms import AfterwardsForm
from pairing.models import Afterwards, Pair
from pairing.permissions import can_read_words, can_work_in

from .endings import fetch_pair
from .workbench import cohort_to_pair


@require_http_methods(["GET", "HEAD", "POST"])
def close(request, pair):
    """What a good ending holds; begun by either, and ended only by both."""
    pair = fetch_pair(request.user, pair, can_work_in)
    if request.method != "POST":
        return render(request, "pairing/close.html", page(request.user, pair))
    try:
        actions.begin_closing(pair, by=request.user, at=timezone.now())
    except actions.StillAPilot:
        words = _("Your pilot comes first. Closing opens once both of you go on.")
        messages.info(request, words)
    except actions.PairIsOver:
        messages.info(request, _("Your pair had ended already."))
        return redirect("pairing:pair", pair.pk)
    return redirect("pairing:close", pair.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def afterwards(request, pair):
    """After a completed pair: mentor somebody, be paired again, or not now."""
    pair = fetch_pair(request.user, pair, can_read_words)
    if not pair.is_completed:
        raise Http404
    said = pair.afterwards.of(request.user).first()
    start = {"choice": said.choice} if said else {}
    form = AfterwardsForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        choice, now = form.cleaned_data["choice"], timezone.now()
        actions.say_what_next(pair, by=request.user, choice=choice, at=now)
        messages.success(request, _("Thank you. You can change it at any time."))
        return redirect("home:today")
    context = page(request.user, pair) | {"form": form, "said": said}
    status = 422 if request.method == "POST" else 200
    return render(request, "pairing/afterwards.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def closing(request, cohort):
    """How far a cohort's pairs are with closing, and who would like to go on."""
    cohort = cohort_to_pair(request, cohort)
    if request.method == "POST":
        return ask_all(request, cohort)
    active = Q(state=Pair.State.ACTIVE)
    context = {
        **coordinator_shell(cohort, nav="pairs"),
        "how_many": Pair.objects.filter(cohort=cohort).aggregate(
            to_ask=Count("pk", filter=active & Q(closing_asked_at=None)),
            asked=Count("pk", filter=active & Q(closing_asked_at__isnull=False)),
            closing=Count("pk", filter=Q(state=Pair.State.CLOSING)),
            completed=Count("pk", filter=Q(ending=Pair.Ending.COMPLETED)),
        ),
        "wishes": Afterwards.objects.of_cohort(cohort),
    }
    return render(request, "pairing/closing.html", context)


def ask_all(request, cohort):
    asked = actions.ask_all_to_close(cohort, by=request.user, at=timezone.now())
    words = ngettext(
        "%(n)d pair was asked. Nothing ends by itself.",
        "%(n)d pairs were asked. Nothing ends by itself.",
        asked,
    )
    told = words % {"n": asked} if asked else _("Every active pair was asked before.")
    messages.success(request, told)
    return redirect("pairing:closing", cohort.pk)


def page(user, pair) -> dict:
    return {
        "pair": pair,
        "partner": pair.partner_of(user),
        "side": pair.side_of(user),
        "nav": "pair",
    }
