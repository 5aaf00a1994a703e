"""Concerns, for their raiser and for whoever was asked to read them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from feedback import actions
from feedback.forms import ConcernForm, ConcernWordsForm
from feedback.models import Concern
from feedback.permissions import can_handle, can_withdraw
from feedback.readers import readers_for
from mentorship.accounts.acting import acting_as
from mentorship.accounts.sealing import open_keys
from mentorship.charter.permissions import permit
from pairing.models import Pair

GUIDES = {
    "guide-conflict": gettext_lazy("A conflict between two people"),
    "guide-burnout": gettext_lazy("Somebody is worn out"),
    "guide-momentum": gettext_lazy("A pair has lost its momentum"),
}


@require_http_methods(["GET", "POST"])
def raise_concern(request):
    """Tell somebody of the escalation path, by name, that something is not right."""
    now, user = timezone.now(), request.user
    pairs = Pair.objects.of(user).running().with_people()
    pairs = list(pairs.select_related("cohort__program"))
    readers = readers_for(user)
    form = ConcernForm(
        request.POST or None, readers=readers, pairs=pairs, user=user, at=now
    )
    if request.method == "POST" and form.is_valid():
        return bring(request, form, now)
    context = {
        "form": form,
        "readers": readers,
        "cancel_url": reverse("home:today"),
        "cancel_label": _("Not now"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "feedback/concern_new.html", context, status=status)


def bring(request, form, now):
    """Send what was written, and say who has it now."""
    concern = actions.raise_concern(
        form.chosen,
        text=form.cleaned_data["text"],
        by=request.user,
        at=now,
        form_id=form.cleaned_data["form_id"],
        pair=form.pair,
        urgent=form.cleaned_data["urgent"],
        last=form.last,
    )
    # The same form may have come before, with another name.
    with acting_as(request.user):
        names = concern.owner_names
    words = ngettext(
        "%(names)s has it now. Here you see what becomes of it.",
        "%(names)s have it now. Here you see what becomes of it.",
        len(names),
    )
    messages.success(request, words % {"names": get_text_list(names, _("and"))})
    return redirect("feedback:concern", concern.pk)


@require_GET
def concerns(request):
    """What one wrote, and what one was asked to read."""
    with acting_as(request.user):
        people = Concern.objects.select_related("raiser")
        own = people.raised_by(request.user)
        context = {
            "own": list(own.prefetch_related("owners__user")),
            "brought": list(people.brought_to(request.user)),
        }
    return render(request, "feedback/concerns.html", context)


@require_http_methods(["GET", "POST"])
def concern(request, concern):
    """One concern: its state, everything written in it, and a place to add words."""
    with acting_as(request.user):
        concern = visible_concern(concern)
        form = ConcernWordsForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            return add_words(request, concern, form)
        open_keys([concern.pk])
        context = {
            "concern": concern,
            "form": form,
            "handles": can_handle(request.user, concern),
            "own": can_withdraw(request.user, concern),
            "overdue": concern.is_overdue(timezone.now()),
            "guides": GUIDES,
        }
        status = 422 if request.method == "POST" else 200
        return render(request, "feedback/concern.html", context, status=status)


def add_words(request, concern, form):
    for_owners = can_handle(request.user, concern) and "for_owners" in request.POST
    try:
        actions.write_in_concern(
            concern,
            text=form.cleaned_data["text"],
            by=request.user,
            at=timezone.now(),
            form_id=form.cleaned_data["form_id"],
            for_owners=for_owners,
        )
    except actions.ConcernHasMoved:
        messages.info(request, _("It has been closed meanwhile. Nothing was added."))
    else:
        messages.success(request, _("Your words are there."))
    return redirect("feedback:concern", concern.pk)


@require_POST
def move_concern(request, concern):
    """An owner says how far it is; the raiser takes it back."""
    state = request.POST.get("state", "")
    with acting_as(request.user):
        concern = visible_concern(concern)
        if state == Concern.State.WITHDRAWN:
            permit(can_withdraw(request.user, concern))
        else:
            permit(can_handle(request.user, concern))
        if state not in actions.CONCERN_STEPS:
            raise Http404
        try:
            actions.move_concern(concern, state, by=request.user, at=timezone.now())
        except actions.ConcernHasMoved:
            messages.info(request, _("Somebody was faster. This is how it stands."))
    return redirect("feedback:concern", concern.pk)


def visible_concern(pk) -> Concern:
    """The concern with its people and words, as far as row security shows them."""
    concerns = Concern.objects.select_related(
        "raiser", "program", "pair__mentor__user", "pair__mentee__user"
    )
    concerns = concerns.prefetch_related("owners__user", "words__author")
    return get_object_or_404(concerns, pk=pk)
