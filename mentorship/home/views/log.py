from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from feedback.forms import ReflectionForm
from feedback.models import Pulse, Reflection
from mentorship.accounts.acting import acting_as
from mentorship.accounts.prepared import prepared
from mentorship.charter.permissions import permit
from mentorship.home.actions import log_conversation
from milestones.actions import Promised
from milestones.forms import KeptForm, PromiseFormSet
from milestones.models import ActionItem, Outcome
from pairing.actions import LoggedAlready, PairHasEnded
from pairing.forms import LogForm, nearest_length
from pairing.models import Pair, Session
from pairing.permissions import can_work_in


@require_http_methods(["GET", "POST"])
def log(request, pair):
    """Log a session: four answers are enough."""
    found = visible_pair(request.user, pair)
    if not found:
        raise Http404
    pair = found[0]
    permit(can_work_in(request.user, pair))
    forms = filled_in(request, pair)
    if request.method == "POST" and all(form.is_valid() for form in forms.values()):
        return keep(request, pair, **forms)
    return show(request, pair, forms)


@prepared
def visible_pair(user, pk):
    visible = Pair.objects.visible_to(user).with_people()
    return visible.select_related("cohort__program").filter(pk=pk)


def filled_in(request, pair):
    """The page's four forms, with what is usual for the pair."""
    data, side = request.POST or None, pair.side_of(request.user)
    usual = {} if data else expected(pair, request.GET.get("session", ""))
    with acting_as(request.user):
        place = pair.place_of(request.user)
        kept = KeptForm(data, promises=still_open(pair), place=place)
        last = next(iter(last_pulses(pair)), None)
    return {
        "session": LogForm(data, pair=pair, titles=titles_of(pair), initial=usual),
        "own": ReflectionForm(data, last=last),
        "kept": kept,
        "promises": PromiseFormSet(
            data, prefix="promises", form_kwargs={"pair": pair, "side": side}
        ),
    }


@prepared
def titles_of(pair):
    """What the two work towards, to choose as topics."""
    current = Outcome.objects.current().filter(pair=pair)
    return current.values_list("title", flat=True)


@prepared
def still_open(pair):
    return ActionItem.objects.open().with_words().filter(pair=pair)


@prepared
def sessions_of(pair):
    return Session.objects.filter(pair=pair)


def expected(pair, wanted):
    """The day, way and length to begin with: the planned session's, else the last
    one's and today."""
    now = timezone.now()
    recent = sessions_of(pair)
    unlogged = [s for s in recent if s.state == "planned" and s.starts_at <= now]
    named = next((s for s in unlogged if str(s.pk) == wanted), None)
    planned = named or next(iter(unlogged), None)
    held = max((s for s in recent if s.is_held), key=_day, default=None)
    like = planned or held
    minutes = like.minutes if like else None
    on = timezone.localtime(planned.starts_at) if planned else timezone.localtime(now)
    return {
        "held_on": on.date(),
        "channel": like.channel if like else "",
        "minutes": nearest_length(minutes or session_minutes(pair)),
        "planned": named.pk if named else None,
    }


def _day(session):
    return session.held_on


def session_minutes(pair):
    """The length the charter in force suggests."""
    charter = pair.cohort.program.in_force
    return charter.session_minutes if charter else 45


@prepared
def last_pulses(pair):
    """The person's own last answers, to show beside the scales; inside acting_as."""
    mine = Pulse.objects.filter(reflection__session__pair=pair)
    return mine.order_by("-reflection__session__held_on")[:1]


def keep(request, pair, session, own, kept, promises):
    answers = dict(session.cleaned_data)
    same = answers.pop("same")
    try:
        logged = log_conversation(
            pair,
            by=request.user,
            at=timezone.now(),
            session=answers,
            same=same,
            private=own.private if own.says_something else None,
            kept=kept.cleaned_data["kept"],
            promises=[Promised(**promise) for promise in promises.promised()],
        )
    except LoggedAlready as already:
        forms = {"session": session, "own": own, "kept": kept, "promises": promises}
        return show(request, pair, forms, already=already.session)
    except PairHasEnded:
        messages.info(request, _("Your pair has ended meanwhile. Nothing was saved."))
        return redirect("home:today")
    return saved(request, logged, own)


def saved(request, logged, own):
    """Say so, and go home; after a low answer to a suggestion for the writer alone."""
    pair = logged.pair
    told = _("Saved. %(partner)s can read what was useful and is asked to confirm.")
    partner = pair.partner_of(request.user).short_name
    key = f"draft:session-{pair.pk}"
    messages.success(request, told % {"partner": partner}, extra_tags=key)
    if own.is_low:
        mine = Reflection.objects.of(request.user).get(session=logged)
        return redirect("feedback:suggestion", mine.pk)
    return redirect("home:today")


def show(request, pair, forms, already=None):
    context = {
        **forms,
        "has_errors": any(
            form.is_bound and not form.is_valid() for form in forms.values()
        ),
        "pair": pair,
        "partner": pair.partner_of(request.user),
        "side": pair.side_of(request.user),
        "already": already,
        "nav": "log",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "home/log.html", context, status=status)
