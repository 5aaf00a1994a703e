"""Naming a behavior, seeing oneself in it, and asking one colleague what they see."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from feedback import actions
from feedback.growing.forms import ObserveForm
from feedback.models import ObservationRequest
from mentorship.charter.models import CoreOutcome
from mentorship.participants.models import Participant
from milestones.models import Outcome
from pairing.models import Pair


@require_http_methods(["GET", "HEAD", "POST"])
def observe(request, participant):
    """One page for oneself and, if wished, a link to pass on, shown this once."""
    mine = Participant.objects.of(request.user).select_related("cohort")
    place = get_object_or_404(mine, pk=participant)
    form = ObserveForm(request.POST or None, behaviors=behaviors(place, request.user))
    if form.is_valid():
        return keep(request, place, form.cleaned_data)
    context = {"form": form, "place": place, "side": place.side, "nav": "today"}
    status = 422 if form.is_bound else 200
    return render(request, "home/observe.html", context, status=status)


def behaviors(place, user) -> list[str]:
    """What there is to look at: named before, or the person's outcomes that are a way
    of acting, each once."""
    named = ObservationRequest.objects.filter(participant=place)
    of_this_cohort = Pair.objects.of(user).filter(cohort=place.cohort_id)
    outcomes = Outcome.objects.current().filter(
        pair__in=of_this_cohort,
        side__in=place.sides,
        core_outcome__kind=CoreOutcome.Kind.BEHAVIOR,
    )
    found = [
        *outcomes.values_list("title", flat=True),
        *named.order_by("asked_at").values_list("behavior", flat=True),
    ]
    return list(dict.fromkeys(found))


def keep(request, place, wanted):
    """Keep one's own answer, and make the link if there is somebody to ask."""
    now, token = timezone.now(), ""
    with transaction.atomic():
        if wanted["seen"]:
            actions.observe_oneself(
                place,
                by=request.user,
                behavior=wanted["behavior"],
                seen=wanted["seen"],
                example=wanted["example"],
                at=now,
            )
        if whom := wanted["invite"]:
            token = actions.invite_observer(
                place, whom=whom, behavior=wanted["behavior"], at=now
            )
    if token:
        return hand_over(request, place, token, wanted["behavior"])
    messages.success(request, _("Kept, for you alone."))
    return redirect("feedback:growth", place.pk)


def hand_over(request, place, token, behavior):
    """The link, once: it is not kept, so it cannot be shown again."""
    link = request.build_absolute_uri(reverse("feedback:observe", args=[token]))
    context = {
        "link": link,
        "behavior": behavior,
        "place": place,
        "side": place.side,
        "nav": "today",
    }
    return render(request, "home/observe_link.html", context)
