from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mentorship.accounts.acting import acting_as
from mentorship.charter.models import CoreOutcome, Side
from mentorship.charter.permissions import permit
from milestones import actions
from milestones.forms import WORDS, OutcomeForm, ProgressForm
from milestones.models import Outcome
from milestones.permissions import can_write
from milestones.wording import EXAMPLES
from pairing.models import Pair
from pairing.permissions import can_read_words


@require_http_methods(["GET", "POST"])
def outcome_new(request, pair, side):
    """Write an outcome for one side, with examples beside."""
    if side not in Side.values:
        raise Http404
    visible = Pair.objects.visible_to(request.user).with_people()
    pair = get_object_or_404(visible.select_related("cohort__program"), pk=pair)
    permit(can_write(request.user, pair))
    aims = aims_of(pair, side)
    form = OutcomeForm(request.POST or None, pair=pair, side=side, aims=aims)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        actions.write_outcome(pair, by=request.user, at=now, side=side, **form.words())
        told = _("The outcome is on your page, for both to see.")
        key = f"draft:outcome-{pair.pk}-{side}"
        messages.success(request, told, extra_tags=key)
        return redirect("pairing:pair", pair.pk)
    return show(request, pair, side, aims, form)


@require_http_methods(["GET", "POST"])
def outcome(request, outcome):
    """Put an outcome into better words, or let it become a different one."""
    outcome = visible_outcome(request.user, outcome)
    permit(can_write(request.user, outcome.pair))
    if not outcome.is_open:
        return closed(request, outcome)
    aims = aims_of(outcome.pair, outcome.side)
    form = OutcomeForm(
        request.POST or None,
        pair=outcome.pair,
        side=outcome.side,
        aims=aims,
        instance=outcome,
        initial={"version": outcome.version, "core_outcome": same_aim(outcome, aims)},
    )
    if request.method == "POST" and form.is_valid():
        return keep(request, outcome, aims, form)
    return show(request, outcome.pair, outcome.side, aims, form, outcome=outcome)


def closed(request, outcome):
    messages.info(request, _("This outcome is closed already."))
    return redirect("pairing:pair", outcome.pair_id)


def keep(request, outcome, aims, form):
    """Save an edit; when the other one was faster, show both texts."""
    version = form.cleaned_data["version"] or 0
    try:
        if form.cleaned_data["becomes"] == "aim":
            actions.replace_outcome(
                outcome,
                by=request.user,
                at=timezone.now(),
                version=version,
                **form.words(),
            )
        else:
            actions.edit_outcome(outcome, version=version, **form.words())
    except actions.OutcomeHasChanged as changed:
        if not changed.outcome.is_open:
            return closed(request, changed.outcome)
        return show_both(request, changed.outcome, aims, form)
    messages.success(request, _("Saved, for both of you to see."))
    return redirect("pairing:pair", outcome.pair_id)


def show_both(request, current, aims, form):
    """The other one saved meanwhile: their words above, what was typed below."""
    form.data = form.data.copy()
    form.data["version"] = current.version
    stands = [
        (form.fields[name].label, getattr(current, name))
        for name in WORDS
        if getattr(current, name) != form.cleaned_data[name]
    ]
    pair, side = current.pair, current.side
    return show(
        request, pair, side, aims, form, outcome=current, stands=stands, status=409
    )


def show(request, pair, side, aims, form, outcome=None, stands=None, status=None):
    place = getattr(pair, side)
    context = {
        "form": form,
        "pair": pair,
        "aims": aims,
        "for_side": side,
        "for_whom": place,
        "is_own": place.user_id == request.user.pk,
        "partner": pair.partner_of(request.user),
        "side": pair.side_of(request.user),
        "outcome": outcome,
        "stands": stands,
        "examples": examples(side),
        "nav": "pair",
    }
    status = status or (422 if form.is_bound else 200)
    return render(request, "milestones/outcome.html", context, status=status)


@require_POST
def close(request, outcome):
    """Say that an outcome was reached, or let it go."""
    outcome = visible_outcome(request.user, outcome)
    permit(can_write(request.user, outcome.pair))
    version = request.POST.get("version", "")
    version = int(version[:9]) if version.isdecimal() else 0
    try:
        if request.POST.get("as") == "reached":
            actions.reach_outcome(outcome, at=timezone.now(), version=version)
            messages.success(request, _("Reached. Well done, both of you."))
        elif request.POST.get("as") == "let go":
            actions.let_go_of(outcome, version=version)
            messages.success(request, _("Let go. That makes room for another one."))
        else:
            messages.warning(request, _("Choose whether it is reached or let go."))
    except actions.OutcomeHasChanged:
        messages.info(request, _("It has changed meanwhile. Here is how it stands."))
    return redirect("pairing:pair", outcome.pair_id)


@require_http_methods(["GET", "POST"])
def progress(request, outcome):
    """How both see an outcome over time, and a place to say how it looks today."""
    outcome = visible_outcome(request.user, outcome)
    pair, user = outcome.pair, request.user
    permit(can_read_words(user, pair))
    form = ProgressForm(request.POST or None)
    if request.method == "POST":
        permit(can_write(user, pair))
    if request.method == "POST" and form.is_valid():
        now, said = timezone.now(), form.cleaned_data
        actions.note_progress(outcome, by=user, at=now, **said)
        key = f"draft:progress-{outcome.pk}"
        messages.success(request, _("Noted, for both to see."), extra_tags=key)
        return redirect("milestones:progress", outcome.pk)
    return show_progress(request, outcome, form)


def show_progress(request, outcome, form):
    pair, user = outcome.pair, request.user
    with acting_as(user):
        context = {
            "form": form,
            "outcome": outcome,
            "said": outcome.progress.select_related("author__user"),
            "pair": pair,
            "partner": pair.partner_of(user),
            "side": pair.side_of(user),
            "can_write": can_write(user, pair),
            "nav": "pair",
        }
        status = 422 if form.is_bound else 200
        return render(request, "milestones/progress.html", context, status=status)


def visible_outcome(user, pk):
    pairs = "pair__mentor__user", "pair__mentee__user", "pair__cohort__program"
    visible = Outcome.objects.visible_to(user)
    visible = visible.select_related("core_outcome", *pairs)
    return get_object_or_404(visible, pk=pk)


def aims_of(pair, side):
    """The aims for one side in the charter in force; one query."""
    return list(
        CoreOutcome.objects.filter(
            charter__program=pair.cohort.program_id,
            charter__state="in force",
            side=side,
        )
    )


def same_aim(outcome, aims):
    """The aim in force that stands for the outcome's own, by its slug."""
    slug = outcome.core_outcome.slug
    return next((aim.pk for aim in aims if aim.slug == slug), None)


def examples(side):
    """Examples for one side: (kind in words, example)."""
    return [
        (CoreOutcome.Kind(kind).label, example)
        for (kind, for_side), example in EXAMPLES.items()
        if for_side == side
    ]
