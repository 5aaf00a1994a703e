"""What a colleague sees at work, through a link that works once, without an account."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from feedback import actions
from feedback.growing.forms import SeenForm


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def observe(request, token):
    """Looking at the link changes nothing, for mail scanners look at it too."""
    now = timezone.now()
    try:
        invitation = actions.find_invitation(token, now)
    except actions.LinkIsOver:
        return over(request)
    person = invitation.participant.user
    form = SeenForm(request.POST or None)
    own = request.user == person
    if form.is_valid() and not own:
        return keep(request, token, form, person, now)
    context = {"form": form, "person": person, "asked": invitation, "own": own}
    status = 422 if form.errors and not own else 200
    return render(request, "feedback/observe.html", context, status=status)


def keep(request, token, form, person, now):
    try:
        actions.answer_invitation(token, at=now, **form.cleaned_data)
    except actions.LinkIsOver:
        return over(request)
    return render(request, "feedback/observed.html", {"person": person})


def over(request):
    """Whether it was used, has run out or never was: nobody learns which."""
    return render(request, "feedback/observe_over.html", status=410)
