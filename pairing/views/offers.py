from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentorship.charter.permissions import permit
from pairing import actions, wording
from pairing.forms import DeclineForm
from pairing.models import Proposal
from pairing.permissions import can_answer_offer


@require_http_methods(["GET", "POST"])
def offer(request, proposal):
    """Somebody is proposed to you: why, and your answer."""
    visible = Proposal.objects.visible_to(request.user).select_related(
        "mentor__user", "mentee__user", "round__cohort__program"
    )
    proposal = get_object_or_404(visible, pk=proposal)
    permit(can_answer_offer(request.user, proposal))
    form = DeclineForm(request.POST or None, initial={"code": ""})
    given = request.POST.get("answer", "")
    if given == "accept":
        return answer(request, proposal, actions.accept_offer)
    if given == "decline" and form.is_valid():
        return answer(request, proposal, actions.decline_offer, **form.cleaned_data)
    if request.method == "POST" and given != "decline":
        form.add_error(None, _("Choose one of the two answers."))
    return show(request, proposal, form)


def show(request, proposal, form):
    side = actions.side_of(proposal, request.user)
    partner = proposal.mentee if side == "mentor" else proposal.mentor
    labels = wording.skill_labels(proposal.round.cohort.program)
    context = {
        "proposal": proposal,
        "partner": partner,
        "side": side,
        "partner_side": "mentee" if side == "mentor" else "mentor",
        "why": wording.why_you(proposal, labels, side),
        "answered": getattr(proposal, f"{side}_accepted_at"),
        "form": form,
        "nav": "today",
    }
    status = 422 if form.is_bound else 200
    return render(request, "pairing/offer.html", context, status=status)


def answer(request, proposal, give, **reason):
    """Give the answer, and go to where the person is next."""
    try:
        pair = give(proposal, by=request.user, at=timezone.now(), **reason)
    except actions.OfferIsGone:
        messages.info(request, _("This offer is no longer open. Nothing was changed."))
        return redirect("home:today")
    except actions.MentorIsFull:
        messages.info(
            request,
            _("This place was taken a moment ago. Your coordinator will propose anew."),
        )
        return redirect("home:today")
    if pair:
        messages.success(request, _("You are a pair. Say hello soon."))
        return redirect("pairing:pair", pair.pk)
    messages.success(request, _("Thank you, your answer is noted."))
    return redirect("home:today")
