from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from feedback import actions
from feedback.forms import SCALES, ReflectionForm
from feedback.models import Pulse, Reflection
from feedback.permissions import can_reflect
from mentorship.accounts.acting import acting_as
from mentorship.charter.permissions import permit
from pairing.actions import NotYours, SessionHasChanged, confirm_session, join_session
from pairing.forms import CorrectionForm, UsefulForm, nearest_length
from pairing.permissions import can_confirm


@require_http_methods(["GET", "POST"])
def reflect(request, reflection):
    """One's own minute on a session, and whether the partner's log is right."""
    reflection = visible_reflection(request.user, reflection)
    permit(can_reflect(request.user, reflection))
    forms = filled_in(request, reflection)
    if request.method == "POST" and "skip" in request.POST:
        return skip(request, reflection)
    if request.method == "POST" and all(form.is_valid() for form in forms.values()):
        return keep(request, reflection, **forms)
    pair = reflection.session.pair
    context = {
        **forms,
        "has_errors": any(form.errors for form in forms.values()),
        "reflection": reflection,
        "session": reflection.session,
        "pair": pair,
        "partner": pair.partner_of(request.user),
        "side": pair.side_of(request.user),
        "nav": "pair",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "feedback/reflect.html", context, status=status)


def filled_in(request, reflection):
    """The page's forms: facts to confirm if the partner logged them, then one's own."""
    session, data = reflection.session, request.POST or None
    forms = {
        "useful": UsefulForm(data),
        "own": ReflectionForm(data, **own_words(request.user, reflection)),
    }
    if session.is_held and can_confirm(request.user, session):
        facts = {
            "held_on": session.held_on,
            "channel": session.channel,
            "minutes": nearest_length(session.minutes or 45),
        }
        forms["facts"] = CorrectionForm(data, pair=session.pair, initial=facts)
    return forms


def own_words(user, reflection):
    """What the person wrote before as initial values, and their last pulse."""
    with acting_as(user):
        mine = Reflection.objects.select_related("words", "pulse").get(pk=reflection.pk)
        before = Pulse.objects.filter(reflection__author=reflection.author)
        before = before.exclude(reflection=reflection)
        last = before.order_by("-reflection__session__held_on").first()
        words = getattr(mine, "words", None)
        own = {"thought": words.thought, **words.answers} if words else {}
    pulse = getattr(mine, "pulse", None)
    initial = {name: getattr(pulse, name, None) for name in SCALES}
    return {"initial": initial | own, "last": last}


def keep(request, reflection, useful, own, facts=None):
    """Confirm the facts, add what was useful and keep the private part, all or none."""
    session, by, now = reflection.session, request.user, timezone.now()
    words = useful.cleaned_data["useful"]
    try:
        with transaction.atomic():
            if facts:
                confirm_session(session, by=by, at=now, **changed(facts))
            if words:
                join_session(session, by=by, at=now, useful=words)
            if own.says_something or words:
                actions.write_reflection(reflection, by=by, at=now, **own.private)
            else:
                actions.skip_reflection(reflection, by=by, at=now)
    except (SessionHasChanged, NotYours):
        messages.info(
            request, _("The session has changed meanwhile. Please look again.")
        )
        return redirect("feedback:reflect", reflection.pk)
    key = f"draft:reflection-{reflection.pk}"
    messages.success(request, _("Kept. Thank you."), extra_tags=key)
    if own.is_low:
        return redirect("feedback:suggestion", reflection.pk)
    return redirect("home:today")


def changed(facts):
    """What differs from the partner's log; an untouched length stays to the minute."""
    return {name: facts.cleaned_data[name] for name in facts.changed_data}


def skip(request, reflection):
    actions.skip_reflection(reflection, by=request.user, at=timezone.now())
    messages.success(request, _("That is fine. Nothing more is asked about it."))
    return redirect("home:today")


def visible_reflection(user, pk):
    people = (
        "author",
        "session__logged_by__user",
        "session__pair__mentor__user",
        "session__pair__mentee__user",
        "session__pair__cohort__program",
    )
    visible = Reflection.objects.visible_to(user).select_related(*people)
    return get_object_or_404(visible, pk=pk)
