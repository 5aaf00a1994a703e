from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from mentorship.accounts.models import User

from .actions import choose, turn_off
from .forms import PreferencesForm
from .letter import UNSUBSCRIBE
from .models import Kind, Preference


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
    """Which kinds of mail a person wants."""
    if request.method == "POST":
        form = PreferencesForm(request.POST)
        if form.is_valid():
            choose(request.user, form.cleaned_data["wanted"], at=timezone.now())
            messages.success(request, _("Saved. This counts from now on."))
            return redirect("outbox:preferences")
    else:
        unwanted = Preference.objects.unwanted_by(request.user)
        off = set(unwanted.values_list("kind", flat=True))
        wanted = [kind for kind in Kind.optional() if kind not in off]
        form = PreferencesForm(initial={"wanted": wanted})
    status = 422 if form.errors else 200
    return render(request, "outbox/preferences.html", {"form": form}, status=status)
