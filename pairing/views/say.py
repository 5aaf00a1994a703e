"""What people say about whom they are paired with, each on a page of their own."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentorship.accounts.acting import acting_as
from mentorship.charter.permissions import permit
from mentorship.participants.actions import set_limits
from mentorship.participants.forms.breaks import break_parts
from mentorship.participants.models import Participant
from pairing import actions, openness
from pairing.forms import LimitsForm, SayForm, VetoForm, WishesForm
from pairing.models import Pair, Proposal, SayAnswer, SayQuestion, Veto
from pairing.permissions import can_answer_say, can_set_limits, can_veto, can_wish
from pairing.shortlist import Shortlist

CARDS_A_PAGE = 24


def fetch_place(user, pk, allowed, now):
    """One's own place as `openness` asks for it; 404 for strangers, 403 for others."""
    visible = openness.with_pairing(Participant.objects.visible_to(user), now.date())
    visible = visible.select_related("user__profile", "cohort__program")
    place = get_object_or_404(visible, pk=pk, user__isnull=False)
    permit(allowed(user, place))
    return place


# -------------------------------------------------------------------------- wishes
@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request, participant):
    """A mentee ranks up to five mentors by what they offer."""
    now = timezone.now()
    place = fetch_place(request.user, participant, can_wish, now)
    closed = openness.why_no_wishes(place, now)
    if request.method == "POST" and closed:
        messages.info(request, _("Wishes are closed. What you chose before stands."))
        return redirect("pairing:wishes", place.pk)
    cards, page = shown_cards(place, now, request.GET.get("page"))
    form = WishesForm(request.POST or None, cards=cards)
    if form.is_valid() and keep_wishes(request, place, form, now):
        return redirect("pairing:wishes", place.pk)
    context = {
        "place": place,
        "closed": closed,
        "form": form,
        "cards": [(card, form[card.sign]) for card in cards],
        "page": page,
        "side": place.side,
        "nav": "today",
    }
    status = 422 if form.is_bound else 200
    return render(request, "pairing/wishes.html", context, status=status)


def shown_cards(place, now, number):
    """The cards of one page: what was chosen before, always, and some of the rest."""
    has_profile = hasattr(place.user, "profile")
    cards = Shortlist(place, now).cards if has_profile else []
    rest = [card for card in cards if not card.rank]
    page = Paginator(rest, CARDS_A_PAGE).get_page(number)
    return [*(card for card in cards if card.rank), *page], page


def keep_wishes(request, place, form, now) -> bool:
    """Whether the wishes are kept; if not, the form says that it is too late."""
    try:
        kept = actions.rank_mentors(place, form.ranked(), at=now)
    except actions.NotNow:
        form.add_error(None, _("Wishes were closed a moment ago. Nothing was changed."))
        return False
    words = _("Your wishes are kept. They help, and promise nothing.")
    messages.success(
        request, words if kept else _("You have no wish now. That is fine.")
    )
    return True


# ---------------------------------------------------------------------- limits, veto
@require_http_methods(["GET", "HEAD", "POST"])
def limits(request, participant):
    """One page for mentors: how many, how, a break, and the one veto."""
    now = timezone.now()
    place = fetch_place(request.user, participant, can_set_limits, now)
    charter = place.cohort.program.in_force
    first = {"capacity": place.capacity, "async_only": place.async_only}
    most = max(charter.most_mentees if charter else 1, place.capacity)
    form = LimitsForm(request.POST or None, most=most, initial=first)
    if form.is_valid():
        set_limits(place, **form.cleaned_data)
        messages.success(request, _("Saved. You can change it whenever you like."))
        return redirect("pairing:limits", place.pk)
    with acting_as(request.user):
        context = {
            **break_parts(place, request.user, now),
            **veto_parts(place, request.user, now),
            "form": form,
            "nav": "today",
        }
        status = 422 if form.is_bound else 200
        return render(request, "pairing/limits.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def veto(request, participant):
    """The one person somebody would rather not be paired with; read by nobody else."""
    now = timezone.now()
    place = fetch_place(request.user, participant, can_veto, now)
    if "back" in request.POST:
        return take_back(request, place, now)
    parts = veto_parts(place, request.user, now, request.POST or None)
    form = parts["veto_form"]
    if form.is_valid() and keep_veto(request, place, form, now):
        return redirect("pairing:veto", place.pk)
    status = 422 if form.is_bound else 200
    context = {**parts, "nav": "today"}
    return render(request, "pairing/veto.html", context, status=status)


def veto_parts(place, user, now, data=None) -> dict:
    """What the form for a veto needs: the one given, or the people to choose from."""
    with acting_as(user):
        vetoes = Veto.objects.filter(participant=place)
        given = vetoes.select_related("other__user").first()
    return {
        "place": place,
        "side": place.side,
        "veto_closed": openness.why_no_veto(place, now),
        "given": given,
        "stands": given and actions.veto_stands(given, place.cohort_id),
        "veto_form": VetoForm(data, others=who_could_be(place)),
    }


def who_could_be(place):
    """Everyone on the other side who takes part, by name, but for those with whom they
    are a pair or have an offer. Not only who is possible: that list without names is on
    the page of wishes, and side by side the two would say who is who."""
    here = Participant.objects.filter(cohort=place.cohort_id, user__isnull=False)
    others = here.joined().exclude(pk=place.pk)
    if not place.is_mentor:
        others = others.mentors()
    elif not place.is_mentee:
        others = others.mentees()
    for rows in (Pair.objects.running(), Proposal.objects.offered()):
        others = others.exclude(pk__in=rows.filter(mentee=place).values("mentor"))
        others = others.exclude(pk__in=rows.filter(mentor=place).values("mentee"))
    return others.select_related("user")


def keep_veto(request, place, form, now) -> bool:
    """Whether the veto is kept; if not, the form says why."""
    other = form.cleaned_data["other"]
    try:
        actions.veto(place, other, by=request.user, at=now)
    except actions.VetoIsUsed:
        form.add_error("other", _("You have used your veto. Take it back first."))
    except actions.NotAVeto:
        form.add_error("other", _("You two are a pair, or are proposed, already."))
    except actions.NotNow:
        form.add_error(None, _("This is not open any more. Nothing was changed."))
    else:
        words = _("It is noted, and nobody but you can read it.")
        messages.success(request, words)
        return True
    return False


def take_back(request, place, now):
    try:
        actions.take_veto_back(place, by=request.user, at=now)
    except actions.VetoStands:
        words = _("Pairs were published meanwhile, so it stands.")
        messages.info(request, words)
    else:
        messages.success(request, _("It is as if you had never said it."))
    return redirect("pairing:veto", place.pk)


# -------------------------------------------------------------------------- the say
@require_http_methods(["GET", "HEAD", "POST"])
def say(request, question):
    """Whether somebody had a say in their pairing: asked once, and optional."""
    mine = SayQuestion.objects.of(request.user).select_related(
        "participant__cohort__program"
    )
    question = get_object_or_404(mine, pk=question)
    permit(can_answer_say(request.user, question))
    skips = "skip" in request.POST
    form = SayForm(request.POST or None, initial=own_say(request.user, question))
    if request.method == "POST" and (skips or form.is_valid()):
        value = None if skips else form.cleaned_data["value"]
        now = timezone.now()
        actions.answer_say(question, by=request.user, value=value, at=now)
        messages.success(request, _("Thank you."))
        return redirect("home:today")
    place = question.participant
    context = {
        "question": question,
        "form": form,
        "place": place,
        "side": place.side,
        "nav": "today",
    }
    status = 422 if form.is_bound else 200
    return render(request, "pairing/say.html", context, status=status)


def own_say(user, question) -> dict:
    """The person's earlier answer as initial values."""
    with acting_as(user):
        given = SayAnswer.objects.filter(question=question).first()
    return {"value": given.value} if given else {}
