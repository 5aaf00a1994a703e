"""The workbench: a coordinator changes the plan. Every post says which plan it saw."""

import uuid

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pairing import actions, wording
from pairing.forms import change_form
from pairing.models import Proposal, Round
from pairing.workbench import Meanwhile

from .workbench import back, cohort_to_pair, round_to_change, show


@require_POST
def change(request, cohort):
    """Decide about people of the plan, which is then worked out anew."""
    cohort = cohort_to_pair(request, cohort)
    form = change_form(request.POST, cohort)
    if not form.is_valid():
        return show(request, cohort, status=422, form=form)
    verb, about = form.cleaned_data["verb"], form.about
    acting = {"seen": seen(request), "by": request.user, "at": timezone.now()}
    try:
        actions.change(cohort, verb, **acting, **about)
    except actions.PlanHasChanged:
        asked = wording.what_is_asked(verb, about)
        return show_meanwhile(request, cohort, asked, about.get("reason", ""))
    except actions.PlanIsInWork:
        return show_in_work(request, cohort)
    except (actions.CannotPin, actions.AboutYourself) as refused:
        for words in why_refused(refused, request.user):
            form.add_error(None, words)
        return show(request, cohort, status=422, form=form)
    return back(request, cohort, request.POST.get("mentee", ""))


def seen(request) -> str:
    return request.POST.get("seen", "")


def why_refused(refused, reader) -> list[str]:
    if isinstance(refused, actions.AboutYourself):
        return [
            _(
                "This is about yourself. Another coordinator of the program decides "
                "here, as you would for them."
            )
        ]
    about = (refused.mentor, refused.mentee)
    if reader.pk in {place.user_id for place in about}:
        return [wording.about_yourself()]
    return wording.why_not(refused.limits, refused.facts, *about)


def show_meanwhile(request, cohort, asked, reason=""):
    """409: what others did since the plan that was seen, and the choice to go on."""
    rounds = Round.objects.filter(cohort=cohort).defer("inputs", "result")
    looked_at = rounds.filter(pk=as_id(seen(request))).first()
    again = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in ("csrfmiddlewaretoken", "seen")
    ]
    meanwhile = Meanwhile(cohort, looked_at)
    said = {"asked": asked, "reason": reason, "again": again, "action": request.path}
    return show(request, cohort, status=409, meanwhile=meanwhile, **said)


def as_id(text):
    """A UUID, or None for anything else."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def show_in_work(request, cohort):
    """409: nothing changes while a worker works a plan out."""
    messages.warning(
        request,
        _("A new plan is being worked out. Wait for it, or cancel it, then go on."),
    )
    return show(request, cohort, status=409)


@require_POST
def undo(request, round):
    """Take the last decision back."""
    round_ = round_to_change(request, round)
    try:
        actions.undo(round_, by=request.user, at=timezone.now())
    except actions.PlanHasChanged:
        return show_meanwhile(request, round_.cohort, "")
    except actions.PlanIsInWork:
        return show_in_work(request, round_.cohort)
    except actions.AboutYourself as refused:
        messages.warning(request, why_refused(refused, request.user)[0])
    except actions.NothingToUndo:
        messages.info(request, _("There is nothing to take back."))
    return back(request, round_.cohort)


@require_POST
def propose(request, cohort):
    """Work the plan out anew."""
    cohort = cohort_to_pair(request, cohort)
    at = timezone.now()
    try:
        actions.replan(cohort, seen=seen(request), by=request.user, at=at)
    except actions.PlanHasChanged:
        return show_meanwhile(request, cohort, _("Propose again"))
    except actions.PlanIsInWork:
        return show_in_work(request, cohort)
    except actions.NothingToPropose:
        messages.info(
            request,
            _(
                "Nobody can be paired now: it takes a mentee who waits and a mentor "
                "with room."
            ),
        )
    return back(request, cohort)


@require_POST
def mend(request, cohort):
    """Bring the open plan up to date with who waits now."""
    cohort = cohort_to_pair(request, cohort)
    try:
        actions.mend(cohort, seen=seen(request), by=request.user, at=timezone.now())
    except actions.PlanHasChanged:
        return show_meanwhile(request, cohort, _("Mend the plan"))
    except actions.PlanIsInWork:
        return show_in_work(request, cohort)
    return back(request, cohort)


@require_POST
def reopen(request, cohort):
    """Take up again what was put aside."""
    cohort = cohort_to_pair(request, cohort)
    try:
        actions.reopen(cohort, by=request.user, at=timezone.now())
    except actions.PlanHasChanged:
        messages.info(request, _("There is nothing to take up again."))
    except actions.PlanIsInWork:
        return show_in_work(request, cohort)
    return back(request, cohort)


@require_POST
def set_aside(request, round):
    """Put the rest of the plan aside without telling anyone."""
    round_ = round_to_change(request, round)
    try:
        actions.set_aside(round_, by=request.user)
    except actions.PlanHasChanged:
        return show_meanwhile(request, round_.cohort, "")
    except actions.PlanIsInWork:
        return show_in_work(request, round_.cohort)
    messages.success(request, _("Put aside. You can take it up again here."))
    return back(request, round_.cohort)


@require_POST
def cancel(request, round):
    """Stop working a plan out."""
    round_ = round_to_change(request, round)
    try:
        actions.cancel_round(round_, by=request.user)
    except actions.RoundHasChanged:
        messages.info(request, _("The plan was ready a moment before. Here it is."))
    else:
        messages.info(request, _("Canceled. The plan before it stands."))
    return back(request, round_.cohort)


@require_POST
def publish(request, cohort):
    """Offer the ticked pairs of the plan on the screen, or all of them."""
    cohort = cohort_to_pair(request, cohort)
    round_ = Round.objects.filter(cohort=cohort, state=Round.State.PROPOSED).first()
    if round_ is None or str(round_.pk) != seen(request):
        return show_meanwhile(request, cohort, _("Publish these pairs"))
    pairs = None if "all" in request.POST else ticked(request, round_)
    wanted = round_.proposals.filter(state=Proposal.State.PROPOSED)
    asked = wanted.count() if pairs is None else wanted.filter(pk__in=pairs).count()
    try:
        offers = actions.publish_round(
            round_, by=request.user, at=timezone.now(), pairs=pairs
        )
    except actions.PlanIsInWork:
        return show_in_work(request, cohort)
    except actions.RoundHasChanged:
        messages.info(request, nothing_published(pairs))
        return back(request, cohort)
    say_who_was_told(request, len(offers), asked - len(offers))
    return back(request, cohort)


def say_who_was_told(request, told: int, left: int) -> None:
    """How many pairs were told, and how many had become impossible meanwhile."""
    words = ngettext(
        "%(count)s pair has been told.", "%(count)s pairs have been told.", told
    )
    messages.success(request, words % {"count": told})
    if left > 0:
        words = ngettext(
            "%(count)s pair was not told: since the plan was made one of the two has "
            "left, taken a break or changed what they can give.",
            "%(count)s pairs were not told: since the plan was made one of the two has "
            "left, taken a break or changed what they can give.",
            left,
        )
        messages.info(request, words % {"count": left})


def ticked(request, round_) -> list:
    """Ids of the proposals for the pairs ticked, as mentor:mentee."""
    wanted = set(request.POST.getlist("select"))
    rows = round_.proposals.values_list("pk", "mentor", "mentee")
    return [pk for pk, mentor, mentee in rows if f"{mentor}:{mentee}" in wanted]


def nothing_published(pairs) -> str:
    if pairs == []:
        return _("Tick the pairs to publish first.")
    return _("These pairs were already published, or are not proposed any more.")
