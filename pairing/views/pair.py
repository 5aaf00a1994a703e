from django.db.models import Prefetch, prefetch_related_objects
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from mentorship.accounts.acting import acting_as
from mentorship.charter.shell import coordinator_shell
from pairing.models import Pair, Session
from pairing.permissions import can_read_words, can_replan, can_work_in


@require_GET
def pair(request, pair):
    """A pair's page: all of it for the two, facts without words for coordinators."""
    visible = Pair.objects.visible_to(request.user).with_people()
    visible = visible.with_pilot_question(request.user).with_agreement()
    pair = get_object_or_404(visible.select_related("cohort__program"), pk=pair)
    if not can_read_words(request.user, pair):
        prefetch_related_objects([pair], "sessions")
        context = {
            **coordinator_shell(pair.cohort, nav="pairs"),
            "pair": pair,
            "can_replan": can_replan(request.user, pair),
        }
        return render(request, "pairing/pair_facts.html", context)
    with acting_as(request.user):
        words = Prefetch("sessions", Session.objects.with_words())
        prefetch_related_objects([pair], words)
        return render(request, "pairing/pair.html", members_page(request.user, pair))


def members_page(user, pair):
    """What the page of a member needs; its panels fetch their own."""
    return {
        "pair": pair,
        "partner": pair.partner_of(user),
        "side": pair.side_of(user),
        "place": pair.place_of(user),
        "can_work": can_work_in(user, pair),
        "held": pair.held_sessions,
        "nav": "pair",
        "wide": True,
    }
