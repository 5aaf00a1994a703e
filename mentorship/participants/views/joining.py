"""From the link in the mail to a person who is signed in and taking part."""

from contextlib import suppress

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from .. import actions, invitations
from ..forms.joining import JoinForm
from ..models import Participant

SIGN_IN = settings.AUTHENTICATION_BACKENDS[0]


def invited_by(link):
    """The place a link speaks of, when it still can be joined by somebody."""
    places = Participant.objects.select_related("user", "cohort__program")
    return link and places.filter(pk=link.place, user__is_active=True).first()


def still_works(link, place) -> bool:
    return (
        place.state == Participant.State.INVITED
        and place.invitation == link.number
        and not link.expired
    )


def has_account(user) -> bool:
    """Whether the person has a way to sign in already; a link gives no second one."""
    return user.has_usable_password() or user.last_login is not None


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def join(request, token):
    """Looking at the link changes nothing, for mail scanners look at it too."""
    link = invitations.read(token)
    place = invited_by(link)
    if not place:
        return render(request, "participants/no_invitation.html", status=404)
    if request.user == place.user and place.state == Participant.State.JOINED:
        return redirect("participants:welcome", place.pk)
    if not still_works(link, place):
        return no_longer(request, token, place)
    if request.user.is_authenticated or has_account(place.user):
        return join_with_account(request, link, place)
    form = JoinForm(request.POST or None, user=place.user)
    if request.method == "POST" and form.is_valid():
        return enter(request, token, link, place, form.cleaned_data["password"])
    context = {"form": form, "place": place}
    status = 422 if form.errors else 200
    return render(request, "participants/join.html", context, status=status)


def join_with_account(request, link, place):
    """Somebody who can sign in already joins one cohort more, and as nobody else."""
    is_theirs = request.user == place.user
    if request.method == "POST" and is_theirs:
        return enter(request, "", link, place, "")
    context = {"place": place, "is_theirs": is_theirs}
    return render(request, "participants/join_with_account.html", context)


def enter(request, token, link, place, password):
    try:
        actions.accept_invitation(
            place, number=link.number, password=password, at=timezone.now()
        )
    except actions.InvitationIsUsed:
        place.refresh_from_db()
        return no_longer(request, token, place)
    if not request.user.is_authenticated:
        login(request, place.user, backend=SIGN_IN)
    messages.success(request, _("Welcome, %(name)s.") % {"name": place.short_name})
    return redirect("participants:profile", "skills")


def no_longer(request, token, place):
    """A kind word for a link that was used, replaced or is too old."""
    context = {
        "token": token,
        "can_have_another": place.state == Participant.State.INVITED,
    }
    return render(request, "participants/no_invitation.html", context, status=410)


@login_not_required
@require_POST
def new_link(request, token):
    """Mail the person of an old link a fresh one; the page says the same to all."""
    place = invited_by(invitations.read(token))
    if place:
        unanswered = Participant.objects.filter(pk=place.pk).unanswered()
        with suppress(actions.CharterIsMissing):
            actions.invite(unanswered, by=place.user, at=timezone.now())
    return render(request, "participants/new_link.html")
