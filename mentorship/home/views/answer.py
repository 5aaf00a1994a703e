from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentorship.charter.permissions import permit
from mentorship.home.actions import say_how_it_went
from pairing.actions import PairHasEnded, SessionHasChanged
from pairing.forms import CorrectionForm, nearest_length
from pairing.models import Session
from pairing.permissions import can_confirm, can_work_in


@require_http_methods(["GET", "POST"])
def answer(request, session):
    """The partner's word on a session: one tap confirms it, a few correct it."""
    session = visible_session(request.user, session)
    permit(can_work_in(request.user, session.pair))
    if not can_confirm(request.user, session):
        messages.info(request, _("Nothing waits for your word about this session."))
        return redirect("pairing:session", session.pk)
    posted = request.method == "POST"
    form = CorrectionForm(
        request.POST if posted else None, pair=session.pair, initial=facts(session)
    )
    word = posted and word_of(request.POST, session, form)
    if word:
        return keep(request, session, word)
    context = {
        "form": form,
        "session": session,
        "pair": session.pair,
        "partner": session.pair.partner_of(request.user),
        "side": session.pair.side_of(request.user),
        "nav": "pair",
    }
    return render(request, "home/answer.html", context, status=422 if posted else 200)


def facts(session):
    """The partner's facts, to begin with."""
    minutes = nearest_length(session.minutes or 45)
    channel, held_on = session.channel, session.held_on
    return {"held_on": held_on, "channel": channel, "minutes": minutes}


def word_of(posted, session, form) -> dict:
    """What was said, as the action takes it; empty when the form has mistakes."""
    if "right" in posted:
        return {"minutes": session.minutes if session.is_held else None}
    if "missed" in posted:
        return {"minutes": None}
    if not form.is_valid():
        return {}
    untouched = session.is_held and "minutes" not in form.changed_data
    return form.cleaned_data | ({"minutes": session.minutes} if untouched else {})


def keep(request, session, word):
    """Keep the word on what was seen, or say that it has changed since."""
    seen = request.POST.get("version", "")
    version = int(seen[:9]) if seen.isdecimal() else 0
    by, at = request.user, timezone.now()
    try:
        say_how_it_went(session, by=by, at=at, version=version, **word)
    except SessionHasChanged:
        messages.info(request, _("It has changed meanwhile. Here is how it stands."))
        return redirect("home:answer", session.pk)
    except PairHasEnded:
        messages.info(request, _("Your pair has ended meanwhile. Nothing was saved."))
    else:
        messages.success(request, _("Noted. Thank you."))
    return redirect("home:today")


def visible_session(user, pk):
    people = (
        "logged_by__user",
        "pair__mentor__user",
        "pair__mentee__user",
        "pair__cohort__program",
    )
    visible = Session.objects.visible_to(user).select_related(*people)
    return get_object_or_404(visible, pk=pk)
