"""What somebody says about themselves, to be counted with others."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .. import actions
from ..forms.declared import AboutYouForm
from ..models import Participant


def mentees_place(user) -> Participant:
    """The person's newest place as a mentee, of a cohort long over too, so that answers
    can be deleted at any time. Only mentees are counted, so nobody else is asked."""
    places = Participant.objects.of(user).mentees().order_by("-cohort__created_at")
    place = places.first()
    if not place:
        raise Http404("not a mentee")
    return place


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def about_you(request):
    """Show what one has said so far, keep it anew, or delete all of it."""
    place = mentees_place(request.user)
    said = actions.declared_by(request.user)
    form = AboutYouForm(request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        deletes = "delete" in request.POST
        answers = {} if deletes else form.cleaned_data
        actions.declare(request.user, answers, at=timezone.now())
        words = _("Deleted.") if deletes else _("Saved.")
        messages.success(request, words)
        return redirect("participants:about_you")
    context = {
        "form": form,
        "said": said,
        "place": place,
        "side": place.side,
        "nav": "profile",
    }
    status = 422 if form.errors else 200
    return render(request, "participants/about_you.html", context, status=status)
