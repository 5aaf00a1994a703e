from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentorship.charter.permissions import permit
from mentorship.charter.shell import coordinator_shell
from pairing import actions
from pairing.forms import NudgeForm
from pairing.models import Pair
from pairing.permissions import can_nudge


@require_http_methods(["GET", "POST"])
def nudge(request, pair):
    """A coordinator writes the same few words to both."""
    pairs = Pair.objects.visible_to(request.user).with_people()
    pair = get_object_or_404(pairs.select_related("cohort__program"), pk=pair)
    permit(can_nudge(request.user, pair))
    form = NudgeForm(request.POST or None, initial={"words": suggestion(pair, request)})
    if request.method == "POST" and form.is_valid() and sent(request, pair, form):
        return redirect("home:cohort", pair.cohort_id)
    context = {
        **coordinator_shell(pair.cohort, nav="pairs"),
        "pair": pair,
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "pairing/nudge.html", context, status=status)


def sent(request, pair, form) -> bool:
    """Whether the words go out; if not, the form says why and keeps them."""
    words = form.cleaned_data["words"]
    try:
        actions.nudge(pair, words=words, by=request.user, at=timezone.now())
    except actions.WroteToday:
        once = _("Both had a word from a coordinator today. Send yours tomorrow.")
        form.add_error("words", once)
        return False
    told = _("Your words are on their way to %(mentor)s and %(mentee)s.")
    people = {"mentor": pair.mentor.short_name, "mentee": pair.mentee.short_name}
    messages.success(request, told % people)
    return True


def suggestion(pair, request) -> str:
    """Words to begin with: they offer, and ask for nothing."""
    words = _(
        "Hello %(mentor)s and %(mentee)s,\n\n"
        "a while has passed since we heard from you two. Perhaps you have met and not "
        "noted it, perhaps the weeks were full: both are fine. If it helps to find a "
        "time, or if something is in the way, write to me.\n\n"
        "Warm regards\n%(me)s"
    )
    return words % {
        "mentor": pair.mentor.short_name,
        "mentee": pair.mentee.short_name,
        "me": request.user.short_name,
    }
