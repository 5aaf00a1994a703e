from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentorship.accounts.models import User

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
