from csp.constants import NONE, SELF
from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from mentorship.accounts.models import User

from . import mailbox
from .people import PEOPLE


@login_not_required
@require_POST
def enter(request, role):
    """Sign in as somebody of the sample program, without a password. Demo only: the
    address is absent elsewhere, and this refuses even if it were not."""
    if not settings.DEMO or role not in PEOPLE:
        raise Http404
    _label, email = PEOPLE[role]
    user = User.objects.filter(email=email, is_active=True).first()
    if not user:
        messages.error(request, _("The sample program is not loaded."))
        return redirect("account_login")
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(settings.LOGIN_REDIRECT_URL)


@login_not_required
@require_safe
def mail(request):
    """Every mail that was really sent: the demo lets none out of the machine."""
    if not settings.DEMO:
        raise Http404
    return render(request, "demo/mail.html", {"letters": mailbox.letters()})


@login_not_required
@require_safe
@csp_update({"frame-src": [SELF]})
def letter(request, number):
    """One mail: its text, and its HTML in a frame without scripts."""
    found = letter_or_404(number)
    context = {"letter": found, "text": found.body("plain")}
    return render(request, "demo/letter.html", context)


# Mail programs read inline styles only, so this one answer allows them, in exchange
# for scripts, which it forbids altogether.
@login_not_required
@require_safe
@xframe_options_sameorigin
@csp_replace(
    {
        "style-src": ["'unsafe-inline'"],
        "script-src": [NONE],
        "frame-ancestors": [SELF],
    }
)
def letter_html(request, number):
    """A mail's HTML as it was sent, its links opening outside the frame."""
    html = letter_or_404(number).body("html")
    return HttpResponse(html.replace("<head>", '<head><base target="_top">', 1))


def letter_or_404(number):
    found = mailbox.letter(number) if settings.DEMO else None
    if found is None:
        raise Http404
    return found
