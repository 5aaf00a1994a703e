from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mentorship.accounts.acting import acting_as
from mentorship.charter.permissions import permit
from pairing import actions
from pairing.forms import PlanForm, nearest_length
from pairing.models import Pair, Session
from pairing.permissions import (
    can_change_plan,
    can_confirm,
    can_read_words,
    can_work_in,
)


@require_http_methods(["GET", "POST"])
def plan(request, pair):
    """Plan the next session."""
    visible = Pair.objects.visible_to(request.user).with_people()
    pair = get_object_or_404(visible.select_related("cohort__program"), pk=pair)
    permit(can_work_in(request.user, pair))
    now = timezone.now()
    form = PlanForm(request.POST or None, now=now, initial=usual(pair))
    if request.method == "POST" and form.is_valid():
        return keep(request, pair, actions.plan_session, pair, form, now)
    return show(request, pair, form)


@require_http_methods(["GET", "POST"])
def move(request, session):
    """Move a planned session, or change how or where it is."""
    session = visible_session(request.user, session)
    permit(can_work_in(request.user, session.pair))
    if not can_change_plan(request.user, session):
        messages.info(request, _("This session is not planned any more."))
        return redirect("pairing:pair", session.pair_id)
    now = timezone.now()
    form = PlanForm(
        request.POST or None, now=now, initial=as_planned(request.user, session)
    )
    if request.method == "POST" and form.is_valid():
        return keep(request, session.pair, actions.move_session, session, form, now)
    return show(request, session.pair, form, session=session)


def keep(request, pair, action, thing, form, now):
    """Plan or move, tell the person, and go to the pair; or show what has changed."""
    wanted = {
        name: form.cleaned_data[name]
        for name in ("starts_at", "minutes", "channel", "place")
    }
    if action is actions.move_session:
        wanted["version"] = form.cleaned_data["version"]
    try:
        action(thing, by=request.user, at=now, **wanted)
    except actions.PairHasEnded:
        messages.info(request, _("Your pair has ended meanwhile. Nothing was planned."))
    except actions.SessionHasChanged as changed:
        return show_both(request, pair, form, changed.session)
    else:
        told = _("It is in your plan, and %(partner)s is told.")
        partner = pair.partner_of(request.user).short_name
        messages.success(request, told % {"partner": partner})
    return redirect("pairing:pair", pair.pk)


def show_both(request, pair, form, current):
    """Two people changed one plan: what stands now, beside what was typed."""
    if current.state != Session.State.PLANNED:
        messages.info(request, _("This session is not planned any more."))
        return redirect("pairing:pair", pair.pk)
    form.data = form.data.copy()
    form.data["version"] = current.version
    stands = as_planned(request.user, current)
    return show(request, pair, form, session=current, stands=stands, status=409)


def show(request, pair, form, session=None, stands=None, status=None):
    partner = pair.partner_of(request.user)
    context = {
        "form": form,
        "pair": pair,
        "partner": partner,
        "side": pair.side_of(request.user),
        "session": session,
        "stands": stands,
        "other_zone": partner.user and partner.user.zone != request.user.zone,
        "nav": "pair",
    }
    status = status or (422 if form.is_bound else 200)
    return render(request, "pairing/plan.html", context, status=status)


def usual(pair):
    """The pair's last way and length, to begin with."""
    last = pair.sessions.held().order_by("-held_on").first()
    minutes = last.minutes if last and last.minutes else 45
    return {
        "channel": last.channel if last else "",
        "minutes": nearest_length(minutes),
    }


def as_planned(user, session):
    """A planned session as the form's values, in the reader's zone."""
    starts_at = timezone.localtime(session.starts_at)
    with acting_as(user):
        words = Session.objects.with_words().get(pk=session.pk)
        place = words.words.place if hasattr(words, "words") else ""
    return {
        "on": starts_at.date(),
        "at": starts_at.time(),
        "channel": session.channel,
        "minutes": nearest_length(session.minutes or 45),
        "place": place,
        "version": session.version,
    }


@require_POST
def cancel(request, session):
    """Call a planned session off."""
    session = visible_session(request.user, session)
    permit(can_work_in(request.user, session.pair))
    version = request.POST.get("version", "")
    if not version.isdecimal():
        messages.warning(request, _("Open the session again, then cancel it."))
        return redirect("pairing:pair", session.pair_id)
    try:
        actions.cancel_session(
            session, by=request.user, at=timezone.now(), version=int(version[:9])
        )
    except (actions.SessionHasChanged, actions.PairHasEnded):
        messages.info(request, _("It has changed meanwhile. Here is how it stands."))
    else:
        messages.success(request, _("The session is canceled."))
    return redirect("pairing:pair", session.pair_id)


@require_POST
def missed(request, session):
    """Say that a planned session did not happen."""
    session = visible_session(request.user, session)
    permit(can_work_in(request.user, session.pair))
    try:
        actions.miss_session(session, by=request.user, at=timezone.now())
    except (actions.SessionHasChanged, actions.PairHasEnded):
        messages.info(request, _("It has changed meanwhile. Here is how it stands."))
        return redirect("pairing:pair", session.pair_id)
    messages.success(request, _("Noted. You can plan the next one whenever it suits."))
    return redirect("home:today")


@require_http_methods(["GET"])
def session(request, session):
    """One held session as its pair reads it: topics, and what was useful to each."""
    session = visible_session(request.user, session)
    permit(can_read_words(request.user, session.pair))
    pair = session.pair
    with_words = Session.objects.with_words().select_related("logged_by__user")
    with acting_as(request.user):
        context = {
            "session": with_words.get(pk=session.pk),
            "may_confirm": can_confirm(request.user, session),
            "pair": pair,
            "partner": pair.partner_of(request.user),
            "side": pair.side_of(request.user),
            "nav": "pair",
        }
        return render(request, "pairing/session.html", context)


def visible_session(user, pk):
    pairs = "pair__mentor__user", "pair__mentee__user", "pair__cohort__program"
    visible = Session.objects.visible_to(user).select_related(*pairs)
    return get_object_or_404(visible, pk=pk)
