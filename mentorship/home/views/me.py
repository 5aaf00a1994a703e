from django.db.models import Exists, OuterRef, Q, Subquery
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from feedback.models import asked_days, with_questions
from mentorship.accounts.acting import acting_as
from mentorship.accounts.prepared import prepared
from mentorship.accounts.sealing import open_keys
from mentorship.home.suggestions import suggestions
from mentorship.participants.models import Participant
from milestones.models import fetch_work
from pairing import openness
from pairing.models import (
    Pair,
    Proposal,
    SayQuestion,
    fetch_agreements,
    fetch_care,
    fetch_sessions,
    running_or_to_ask,
)


@require_GET
def me(request):
    """A mentor's or mentee's first page: what is next, and what waits for an answer."""
    user = request.user
    with acting_as(user):
        pairs, completed = pairs_of(user)
        with_everything(pairs)
        suggested = suggestions(pairs, user)
        places = places_of(user, timezone.localdate())
        context = {
            "now": timezone.now(),
            "sections": [section(pair, user, suggested[pair.pk]) for pair in pairs],
            "suggested": suggested,
            "pairs": pairs,
            "pair": pairs[0] if pairs else None,
            "side": pairs[0].side_of(user) if pairs else "",
            "offers": offers_to(user, places),
            "completed": completed,
            "unready": [place for place in places if not is_ready(place)],
            "free": [place for place in places if is_free(place, pairs)],
            "says": [p.asked_for_say for p in places if p.asked_for_say],
            "away": [place for place in places if place.on_break],
            "nav": "today",
        }
        return render(request, "home/me.html", context)


def with_everything(pairs):
    """Fetch the pairs' agreements, sessions, work and words; inside acting_as."""
    fetch_agreements(pairs)
    fetch_sessions(pairs)
    fetch_work(pairs)
    fetch_care(pairs)
    open_keys(pair.pk for pair in pairs)


def pairs_of(user):
    """The person's pairs that run, with what their sections need, and completed ones
    that wait for a word about what comes next; one query."""
    mine = pairs_with_questions(user, asked_days(user, timezone.now()))
    over = [pair for pair in mine if pair.state == Pair.State.ENDED]
    return [pair for pair in mine if pair.state != Pair.State.ENDED], over


@prepared
def pairs_with_questions(user, days):
    mine = running_or_to_ask(user).with_people().with_pilot_question(user)
    return with_questions(mine.select_related("cohort__program"), user, days)


@prepared
def places_of(user, today):
    """The person's places in cohorts that go on, whether an offer waits, and the
    question whether they had a say, if it does; one query."""
    offers = Proposal.objects.open_for(user).filter(
        Q(mentor=OuterRef("pk")) | Q(mentee=OuterRef("pk"))
    )
    asked = SayQuestion.objects.waiting().filter(participant=OuterRef("pk"))
    places = Participant.objects.of(user).taking_part()
    places = openness.with_pairing(places, today)
    return (
        places.exclude(cohort__stage="alumni")
        .select_related("cohort__program")
        .annotate(has_offer=Exists(offers), asked_for_say=Subquery(asked.values("pk")))
    )


def offers_to(user, places):
    """Offers that wait for an answer; asked only if a place says there are some."""
    if not any(place.has_offer for place in places):
        return []
    return Proposal.objects.open_for(user).with_people()


def is_ready(place):
    """Whether nothing is left to do before pairing."""
    return place.state == Participant.State.JOINED and not place.missing


def is_free(place, pairs):
    """A ready place that is in no pair: its person waits for a match."""
    paired = {pk for pair in pairs for pk in (pair.mentor_id, pair.mentee_id)}
    return is_ready(place) and place.pk not in paired and not place.has_offer


def section(pair, user, idea):
    """A pair, the reader's partner, and where to prepare for the next session."""
    slug = idea.text.item.slug if idea else ""
    return {
        "pair": pair,
        "partner": pair.partner_of(user),
        "prepare": reverse("library:item", args=[slug]) if slug else "",
    }
