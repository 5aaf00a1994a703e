from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mentorship.accounts.models import User

from .actions import choose, turn_off, write_again
from .forms import PreferencesForm
from .letter import UNSUBSCRIBE, line_of
from .models import Channel, Kind, Notice, Preference

MOST = 50


@csrf_exempt  # a mail program presses this button, without a cookie or a page
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request, token):
    """The link under a mail. Looking at it changes nothing: link scanners do look."""
    try:
        signed = UNSUBSCRIBE.unsign_object(token)
    except signing.BadSignature:
        raise Http404 from None
    user = get_object_or_404(User, pk=signed["user"])
    kind = Kind(signed["kind"])
    if request.method == "POST":
        turn_off(user, kind, at=timezone.now())
    context = {"kind": kind.label, "done": request.method == "POST"}
    return render(request, "outbox/unsubscribe.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request):
    """What a person wants to hear of, in which way, and how often."""
    if request.method == "POST":
        form = PreferencesForm(request.POST)
        if form.is_valid():
            chosen = form.cleaned_data
            choose(
                request.user,
                wanted=chosen["wanted"],
                shown=chosen["shown"],
                most=chosen["reminders_a_week"],
                at=timezone.now(),
            )
            messages.success(request, _("Saved. This counts from now on."))
            return redirect("outbox:preferences")
    else:
        wanted = Preference.objects.wanted_by(request.user)
        form = PreferencesForm(
            initial={
                "wanted": wanted[Channel.EMAIL],
                "shown": wanted[Channel.APP],
                "reminders_a_week": request.user.reminders_a_week,
            }
        )
    status = 422 if form.errors else 200
    return render(request, "outbox/preferences.html", {"form": form}, status=status)


@require_safe
def inbox(request):
    """What we wrote to this person lately, and what they would have got by mail."""
    rows = Notice.objects.shown_to(request.user).prefetch_related("folded")[:MOST]
    lines = [{"notice": row, **line_of(row, request.user)} for row in rows]
    return render(request, "outbox/messages.html", {"lines": lines})


@require_POST
def again(request):
    """Write to this person's address again, although mail came back from there."""
    write_again(request.user, by=request.user, at=timezone.now())
    words = _("Thank you. We write to %(address)s again.")
    messages.success(request, words % {"address": request.user.email})
    return redirect("outbox:preferences")
