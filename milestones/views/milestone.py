from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mentorship.charter.permissions import permit
from milestones import actions
from milestones.forms import MilestoneForm
from milestones.models import ActionItem, Milestone
from milestones.permissions import can_keep, can_write
from pairing.models import Pair


@require_http_methods(["GET", "POST"])
def milestone_new(request, pair):
    """Put a step on the road."""
    visible = Pair.objects.visible_to(request.user).with_people()
    pair = get_object_or_404(visible.select_related("cohort__program"), pk=pair)
    permit(can_write(request.user, pair))
    form = MilestoneForm(request.POST or None, pair=pair, **choices_of(pair))
    if request.method == "POST" and form.is_valid():
        actions.add_milestone(pair, at=timezone.now(), **form.words())
        messages.success(request, _("The step is on your road."))
        return redirect("pairing:pair", pair.pk)
    return show(request, pair, form)


@require_http_methods(["GET", "POST"])
def milestone(request, milestone):
    """Change a planned step."""
    milestone = visible_milestone(request.user, milestone)
    pair = milestone.pair
    permit(can_write(request.user, pair))
    form = MilestoneForm(
        request.POST or None,
        pair=pair,
        **choices_of(pair),
        instance=milestone,
        initial={"version": milestone.version},
    )
    if request.method == "POST" and form.is_valid():
        return keep(request, milestone, form)
    return show(request, pair, form, milestone=milestone)


def choices_of(pair):
    """What a step may serve; two queries."""
    return {
        "outcomes": list(pair.outcomes.current()),
        "measures": list(pair.cohort.program.measures.all()),
    }


def keep(request, milestone, form):
    """Save an edit; when the other one was faster, show both texts."""
    version = form.cleaned_data["version"] or 0
    try:
        actions.edit_milestone(milestone, version=version, **form.words())
    except actions.MilestoneHasChanged as changed:
        current = changed.milestone
        if current.state != Milestone.State.PLANNED:
            messages.info(request, _("This step is done or dropped meanwhile."))
            return redirect("pairing:pair", current.pair_id)
        form.data = form.data.copy()
        form.data["version"] = current.version
        return show(request, current.pair, form, current, stands=current, status=409)
    messages.success(request, _("Saved, for both of you to see."))
    return redirect("pairing:pair", milestone.pair_id)


def show(request, pair, form, milestone=None, stands=None, status=None):
    context = {
        "form": form,
        "pair": pair,
        "partner": pair.partner_of(request.user),
        "side": pair.side_of(request.user),
        "milestone": milestone,
        "stands": stands,
        "nav": "pair",
    }
    status = status or (422 if form.is_bound else 200)
    return render(request, "milestones/milestone.html", context, status=status)


@require_POST
def confirm(request, milestone):
    """Say that a step is done, or that it was tried and taught something."""
    milestone = visible_milestone(request.user, milestone)
    permit(can_write(request.user, milestone.pair))
    now, title = timezone.now(), request.POST.get("title", "")
    try:
        if request.POST.get("as") == "tried":
            actions.try_milestone(milestone, at=now, title=title)
            words = _("Tried, and learned from it. That counts as done.")
        else:
            done = actions.confirm_milestone(
                milestone, by=request.user, at=now, title=title
            )
            words = _("Noted. It counts as reached once you both say so.")
            if done.state == Milestone.State.REACHED:
                words = _("Reached: you both said so.")
        messages.success(request, words)
    except actions.MilestoneHasChanged:
        messages.info(request, _("It has changed meanwhile. Here is how it stands."))
    return redirect("pairing:pair", milestone.pair_id)


@require_POST
def drop(request, milestone):
    """Take a planned step off the road."""
    milestone = visible_milestone(request.user, milestone)
    permit(can_write(request.user, milestone.pair))
    try:
        actions.drop_milestone(milestone)
        messages.success(request, _("The step is off your road."))
    except actions.MilestoneHasChanged:
        messages.info(request, _("It has changed meanwhile. Here is how it stands."))
    return redirect("pairing:pair", milestone.pair_id)


@require_POST
def promise(request, promise):
    """Tick a promise of one's own as kept, or untick it."""
    visible = ActionItem.objects.visible_to(request.user).select_related("owner")
    item = get_object_or_404(visible, pk=promise)
    permit(can_keep(request.user, item))
    kept = request.POST.get("kept") != "no"
    actions.keep_promise(item, by=request.user, at=timezone.now(), kept=kept)
    words = _("Kept. Thank you.") if kept else _("It is open again.")
    messages.success(request, words)
    if request.POST.get("back") == "today":
        return redirect("home:today")
    return redirect("pairing:pair", item.pair_id)


def visible_milestone(user, pk):
    pairs = "pair__mentor__user", "pair__mentee__user", "pair__cohort__program"
    visible = Milestone.objects.visible_to(user).select_related(*pairs)
    return get_object_or_404(visible, pk=pk)
