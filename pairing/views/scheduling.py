"""Find a time: five that suit both, one tap to propose, and the other's answer."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mentorship.charter.permissions import permit
from pairing import actions
from pairing.finding import times_for
from pairing.forms import LENGTHS, PlanForm, SlotForm, length_asked
from pairing.models import Pair, Session
from pairing.permissions import can_work_in

from .session import as_planned, usual, visible_session

MEANWHILE = (actions.SessionHasChanged, actions.PairHasEnded, actions.NotYoursToAccept)


@require_http_methods(["GET", "POST"])
def find_time(request, pair):
    """Propose a time to talk next."""
    visible = Pair.objects.visible_to(request.user).with_people()
    pair = get_object_or_404(visible.select_related("cohort__program"), pk=pair)
    permit(can_work_in(request.user, pair))
    now = timezone.now()
    # While one waits for an answer, the page proposes another one instead.
    waiting = pair.sessions.proposed().filter(starts_at__gt=now).first()
    version = waiting.version if waiting else None
    form = sent_form(request, now, {**usual(pair), "version": version})
    if form.is_bound and form.is_valid():
        return send(request, pair, actions.propose_time, pair, form, now)
    return show(request, pair, form, now, session=waiting)


@require_http_methods(["GET", "POST"])
def counter(request, session):
    """Propose another time instead of the one that waits for an answer."""
    session = visible_session(request.user, session)
    permit(can_work_in(request.user, session.pair))
    if session.state != Session.State.PROPOSED:
        return changed_meanwhile(request, session.pair)
    now = timezone.now()
    form = sent_form(request, now, as_planned(request.user, session))
    if form.is_bound and form.is_valid():
        return send(request, session.pair, actions.counter_time, session, form, now)
    return show(request, session.pair, form, now, session=session)


def sent_form(request, now, initial):
    """What was sent: one of the times found, or a time of one's own."""
    wanted = SlotForm if "slot" in request.POST else PlanForm
    sent = request.POST if request.method == "POST" else None
    return wanted(sent, now=now, initial=initial)


def send(request, pair, action, thing, form, now):
    """Propose or counter, tell the person, and go to the pair."""
    names = ["starts_at", "minutes", "channel", "place"]
    if action is actions.counter_time:
        names.append("version")
    wanted = {name: form.cleaned_data[name] for name in names}
    try:
        action(thing, by=request.user, at=now, **wanted)
    except actions.ProposedAlready:
        messages.info(request, _("A time is proposed already. Answer that one first."))
    except MEANWHILE:
        return changed_meanwhile(request, pair)
    else:
        words = _("Proposed. %(partner)s can accept it or name another time.")
        partner = pair.partner_of(request.user).short_name
        messages.success(request, words % {"partner": partner})
    return redirect("pairing:pair", pair.pk)


def show(request, pair, form, now, session=None):
    """The times that suit both, and below them a form for any other."""
    stands = form.initial
    minutes = length_asked(request.GET.get("minutes", ""), stands["minutes"])
    own = isinstance(form, PlanForm)
    partner = pair.partner_of(request.user)
    context = {
        "form": form if own else PlanForm(now=now, initial=stands),
        "slot_errors": [] if own else form.errors,
        "times": times_for(pair, reader=request.user, minutes=minutes, now=now),
        "usual": Session(
            minutes=minutes, channel=stands["channel"] or Session.Channel.VIDEO
        ),
        "lengths": LENGTHS.items(),
        "pair": pair,
        "partner": partner,
        "session": session,
        "other_zone": partner.user and partner.user.zone != request.user.zone,
        "nav": "pair",
    }
    status = 422 if form.is_bound else 200
    return render(request, "pairing/find_time.html", context, status=status)


@require_POST
def accept(request, session):
    """Agree to the time that the partner proposed."""
    session, version = answered(request, session)
    try:
        actions.accept_time(
            session, by=request.user, at=timezone.now(), version=version
        )
    except actions.TimeHasPassed:
        messages.info(request, _("That time has passed. Propose another one."))
        return redirect("pairing:counter", session.pk)
    except MEANWHILE:
        return changed_meanwhile(request, session.pair)
    messages.success(request, _("Agreed. It is in your plan and in both calendars."))
    return redirect("pairing:pair", session.pair_id)


@require_POST
def decline(request, session):
    """Say that a proposed time does not suit, or take one's own back."""
    session, version = answered(request, session)
    try:
        actions.drop_proposal(
            session, by=request.user, at=timezone.now(), version=version
        )
    except MEANWHILE:
        return changed_meanwhile(request, session.pair)
    own = session.proposed_by_id == session.pair.place_of(request.user).pk
    words = _("You have taken it back.") if own else _("Noted. Another time may suit.")
    messages.success(request, words)
    return redirect("pairing:pair", session.pair_id)


def answered(request, session):
    """The session that a button is about, and the version its page showed; 0, which
    no session has, when none was sent."""
    session = visible_session(request.user, session)
    permit(can_work_in(request.user, session.pair))
    version = request.POST.get("version", "")[:9]
    return session, int(version) if version.isdecimal() else 0


def changed_meanwhile(request, pair):
    messages.info(request, _("It has changed meanwhile. Here is how it stands."))
    return redirect("pairing:pair", pair.pk)
