"""A break, for as long as somebody needs one."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from .. import actions
from ..forms.breaks import break_parts
from ..permissions import can_prepare
from .person import fetch_place


@require_http_methods(["GET", "HEAD", "POST"])
def pause(request, participant):
    """Take a break, change it, or come back from it."""
    place = fetch_place(request, participant, can_prepare)
    now = timezone.now()
    if "back" in request.POST:
        actions.come_back(place, by=request.user, at=now)
        messages.success(request, _("Good to have you back."))
        return redirect("home:today")
    parts = break_parts(place, request.user, now, request.POST or None)
    form = parts["break_form"]
    if form.is_valid() and keep(request, place, form, now):
        return redirect("home:today")
    context = {"place": place, **parts, "side": place.side, "nav": "profile"}
    status = 422 if form.is_bound else 200
    return render(request, "participants/break.html", context, status=status)


def keep(request, place, form, now) -> bool:
    """Whether the break is taken; if not, the form says why."""
    try:
        actions.take_break(place, **form.cleaned_data, by=request.user, at=now)
    except actions.HasLeftAlready:
        form.add_error(None, _("You do not take part here at the moment."))
        return False
    words = _("Your break is noted. Come back whenever it suits you.")
    messages.success(request, words)
    return True
