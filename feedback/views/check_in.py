from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from feedback import actions
from feedback.forms import CheckInForm
from feedback.models import CheckIn
from feedback.permissions import can_answer
from mentorship.charter.permissions import permit


@require_http_methods(["GET", "POST"])
def check_in(request, check_in):
    """How is it going? A link of the mail chooses an answer; sending keeps it."""
    people = "pair__mentor__user", "pair__mentee__user"
    visible = CheckIn.objects.visible_to(request.user).distinct()
    visible = visible.select_related("participant", *people)
    check_in = get_object_or_404(visible, pk=check_in)
    permit(can_answer(request.user, check_in))
    chosen = request.GET.get("answer", check_in.answer)
    form = CheckInForm(request.POST or None, initial={"answer": chosen})
    if request.method == "POST" and form.is_valid():
        now, answer = timezone.now(), form.cleaned_data["answer"]
        actions.answer_check_in(check_in, by=request.user, answer=answer, at=now)
        messages.success(request, _("Thank you. Your coordinators can read it."))
        return redirect("home:today")
    context = {
        "form": form,
        "check_in": check_in,
        "pair": check_in.pair,
        "partner": check_in.pair.partner_of(request.user),
        "side": check_in.pair.side_of(request.user),
        "nav": "today",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "feedback/check_in.html", context, status=status)
