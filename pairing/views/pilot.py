from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentorship.accounts.acting import acting_as
from mentorship.charter.permissions import permit
from pairing import actions
from pairing.forms import PilotForm
from pairing.models import Pair, PilotAnswer, PilotQuestion
from pairing.permissions import can_answer_pilot, can_read_words


@require_http_methods(["GET", "POST"])
def pilot(request, pair):
    """The pilot question: one private answer, which can change until the night."""
    visible = Pair.objects.visible_to(request.user).with_people()
    pair = get_object_or_404(visible.select_related("cohort__program"), pk=pair)
    permit(can_read_words(request.user, pair))
    question = None
    if can_answer_pilot(request.user, pair):
        question = PilotQuestion.objects.newest_of(pair, request.user)
    if question is None:
        return render(request, "pairing/pilot_waits.html", page(request.user, pair))
    form = PilotForm(request.POST or None, initial=own_answer(request.user, question))
    if request.method == "POST" and form.is_valid():
        return answer(request, pair, question, form.cleaned_data["choice"])
    context = {**page(request.user, pair), "form": form, "question": question}
    status = 422 if request.method == "POST" else 200
    return render(request, "pairing/pilot.html", context, status=status)


def answer(request, pair, question, choice):
    try:
        now = timezone.now()
        actions.answer_pilot(question, by=request.user, choice=choice, at=now)
    except actions.PilotIsOver:
        messages.info(request, _("The pilot has ended meanwhile. Nothing was changed."))
        return redirect("pairing:pair", pair.pk)
    words = _("Thank you. Only you know your answer; you can change it until tonight.")
    messages.success(request, words)
    return redirect("home:today")


def own_answer(user, question):
    """The person's earlier answer as initial values."""
    with acting_as(user):
        given = PilotAnswer.objects.filter(question=question).first()
    return {"choice": given.choice} if given else {}


def page(user, pair):
    return {
        "pair": pair,
        "partner": pair.partner_of(user),
        "side": pair.side_of(user),
        "nav": "pair",
    }
