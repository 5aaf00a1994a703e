from allauth.account.models import EmailAddress
from allauth.account.views import email
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from .forms import SettingsForm


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request):
    """One's own preferences."""
    form = SettingsForm(
        request.POST if request.method == "POST" else None, instance=request.user
    )
    if form.is_valid():
        form.save()
        with translation.override(request.user.language):
            messages.success(request, _("Saved."))
        return redirect("accounts:settings")
    if form.is_bound:  # the page is still theirs as it was, not as mistyped
        request.user.refresh_from_db()
    status = 422 if form.is_bound else 200
    return render(request, "accounts/settings.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def address(request):
    """allauth's page to change one's address, on which the present one counts as
    proven: people come by invitation. It would give up an unproven one at once."""
    own = {"user": request.user, "email": request.user.email}
    if not EmailAddress.objects.filter(**own, verified=True).exists():
        proven = {"verified": True, "primary": True}
        EmailAddress.objects.update_or_create(**own, defaults=proven)
    return email(request)
