"""Feedback to each other: what two people asked for and gave, and writing it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from feedback import actions
from feedback.growing.forms import FeedbackForm
from feedback.models import FeedbackRequest
from feedback.permissions import can_give_feedback
from mentorship.accounts.acting import acting_as
from mentorship.accounts.sealing import open_keys
from mentorship.charter.permissions import permit
from pairing.models import Pair
from pairing.permissions import can_read_words, can_work_in


@require_http_methods(["GET", "HEAD", "POST"])
def each_other(request, pair):
    """All that the two told each other, and a button to ask for more."""
    visible = Pair.objects.visible_to(request.user).with_people()
    pair = get_object_or_404(visible, pk=pair)
    permit(can_read_words(request.user, pair))
    if request.method == "POST":
        permit(can_work_in(request.user, pair))
        return ask(request, pair)
    with acting_as(request.user):
        open_keys([pair.pk])
        context = {
            "pair": pair,
            "partner": pair.partner_of(request.user),
            "place": pair.place_of(request.user),
            "requests": list(pair.feedback_requests.select_related("words")),
            "can_work": can_work_in(request.user, pair),
            "side": pair.side_of(request.user),
            "nav": "pair",
        }
        context["has_asked"] = any(
            one.state == "asked" and one.asker_id == context["place"].pk
            for one in context["requests"]
        )
        return render(request, "feedback/each_other.html", context)


def ask(request, pair):
    partner = pair.partner_of(request.user).short_name
    try:
        actions.ask_feedback(pair, by=request.user, at=timezone.now())
    except actions.PairHasEnded:
        messages.info(request, _("The pair has ended meanwhile. Nothing was sent."))
    else:
        words = _("%(name)s hears that you would like some feedback.")
        messages.success(request, words % {"name": partner})
    return redirect("feedback:each_other", pair.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def give(request, feedback_request):
    """Write what the partner asked for, or say not this time."""
    asked = visible_request(request.user, feedback_request)
    permit(can_give_feedback(request.user, asked))
    if asked.state != FeedbackRequest.State.ASKED:
        return redirect("feedback:each_other", asked.pair_id)
    skips = "skip" in request.POST
    form = FeedbackForm(request.POST or None)
    if skips or form.is_valid():
        return keep(request, asked, {} if skips else form.cleaned_data)
    context = {
        "form": form,
        "asked": asked,
        "pair": asked.pair,
        "partner": asked.asker,
        "side": asked.pair.side_of(request.user),
        "nav": "pair",
    }
    status = 422 if form.is_bound else 200
    return render(request, "feedback/give.html", context, status=status)


def visible_request(user, pk):
    people = "asker__user", "giver__user", "pair__mentor__user", "pair__mentee__user"
    visible = FeedbackRequest.objects.visible_to(user).select_related(*people)
    return get_object_or_404(visible, pk=pk)


def keep(request, asked, words: dict):
    by, now = request.user, timezone.now()
    try:
        if words:
            actions.give_feedback(asked, by=by, at=now, **words)
            said = _("%(name)s can read it now.") % {"name": asked.asker.short_name}
        else:
            actions.decline_feedback(asked, by=by, at=now)
            said = _("That is fine. Another time.")
        key = f"draft:feedback-{asked.pk}"
        messages.success(request, said, extra_tags=key)
    except actions.FeedbackIsGiven:
        messages.info(request, _("This was answered meanwhile. Here is what there is."))
    return redirect("feedback:each_other", asked.pair_id)
