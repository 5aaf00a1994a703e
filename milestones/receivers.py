"""What this app does when something happens below."""

from collections import defaultdict
from datetime import date

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.dispatch import receiver

from pairing.health import Fact, Reason
from pairing.models import Session
from pairing.signals import looking_for_health_facts, pairs_ended

from .actions import forget_steps
from .models import ActionItem

RUN = 3


@receiver(pairs_ended)
def forget(sender, pairs, **kwargs):
    forget_steps(pairs)


@receiver(looking_for_health_facts)
def sessions_that_served_one_side(sender, pairs, today, **kwargs) -> list[Fact]:
    """Pairs whose last three sessions brought promises, all of them for one side. A
    session without promises says nothing about whom it was for."""
    by_pair: dict = defaultdict(dict)
    for pair, session, held_on in newest_held(pairs):
        by_pair[pair][session] = held_on
    sides = sides_of([session for held in by_pair.values() for session in held])
    return [
        Fact(pair, Reason.ONE_SIDED, max(held.values()))
        for pair, held in by_pair.items()
        if len(held) == RUN
        and all(sides[session] for session in held)
        and len(set().union(*(sides[session] for session in held))) == 1
    ]


def newest_held(pairs) -> list[tuple[object, object, date]]:
    """(pair, session, day) of the last three held sessions of each pair."""
    place = Window(
        RowNumber(),
        partition_by="pair",
        order_by=[F("held_on").desc(), F("created_at").desc()],
    )
    held = Session.objects.held().filter(pair__in=pairs).annotate(place=place)
    return list(held.filter(place__lte=RUN).values_list("pair", "pk", "held_on"))


def sides_of(sessions: list) -> dict:
    """{session: the sides that its promises are for}."""
    found: dict = defaultdict(set)
    promises = ActionItem.objects.filter(session__in=sessions)
    for session, side in promises.values_list("session", "for_side"):
        found[session].add(side)
    return found
