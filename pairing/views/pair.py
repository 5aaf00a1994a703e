from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mentorship.accounts.acting import acting_as
from mentorship.accounts.prepared import prepared
from mentorship.charter.shell import coordinator_shell
from pairing.models import Pair, fetch_sessions
from pairing.permissions import can_read_words, can_replan, can_work_in


@require_GET
def pair(request, pair):
    """A pair's page: all of it for the two, facts without words for coordinators."""
    found = visible_pair(request.user, pair)
    if not found:
        raise Http404
    pair = found[0]
    if not can_read_words(request.user, pair):
        prefetch_related_objects([pair], "sessions")
        context = {
            **coordinator_shell(pair.cohort, nav="pairs"),
            "pair": pair,
            "can_replan": can_replan(request.user, pair),
        }
        return render(request, "pairing/pair_facts.html", context)
    with acting_as(request.user):
        fetch_sessions([pair])
        return render(request, "pairing/pair.html", members_page(request.user, pair))


@prepared
def visible_pair(user, pk):
    visible = Pair.objects.visible_to(user).with_people()
    visible = visible.with_pilot_question(user).with_agreement()
    return visible.select_related("cohort__program").filter(pk=pk)


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
