"""What a coordinator does at the workbench.

Each step prepares what it needs, for the given turn, and returns what is to be timed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.utils import timezone

from mentorship.participants.actions import withdraw
from mentorship.participants.models import Participant
from pairing import engine
from pairing.actions.runs import RECENT

from .desk import Desk, Refused

Act = Callable[[], object]


@dataclass(frozen=True)
class Step:
    """Something that a coordinator does; `waits` where they sit and wait for it."""

    name: str
    prepare: Callable[[Desk, int], Act]
    waits: bool = True


def look(desk: Desk, turn: int) -> Act:
    return desk.look


def look_first(desk: Desk, turn: int) -> Act:
    """In a process that has not shown this plan before."""
    RECENT.clear()
    return desk.look


def propose(desk: Desk, turn: int) -> Act:
    return lambda: desk.post("propose")


def pin(desk: Desk, turn: int) -> Act:
    """A mentee to the mentor who would cost the cohort least."""
    problem, plan = desk.run.problem, desk.plan()
    mentee, mentor = first(
        (mentee, other.mentor)
        for mentee, _ in turned(desk.pairs(), turn)
        for other in engine.alternatives(problem, plan, mentee)
    )
    return lambda: desk.change("pin", mentee=mentee, mentor=mentor)


def undo(desk: Desk, turn: int) -> Act:
    pin(desk, turn)()
    return desk.undo


def never(desk: Desk, turn: int) -> Act:
    mentee, mentor = turned(desk.pairs(), turn)[0]
    return lambda: desk.change("never", mentee=mentee, mentor=mentor)


def swap(desk: Desk, turn: int) -> Act:
    """Two mentees who can have each other's mentor."""
    problem = desk.run.problem
    mentee, other = first(
        (mentee, other)
        for (mentee, mine), (other, theirs) in combinations(
            turned(desk.pairs(), turn), 2
        )
        if mine != theirs
        and not engine.limits_between(problem, mentee, theirs)
        and not engine.limits_between(problem, other, mine)
    )
    return lambda: desk.change("swap", mentee=mentee, other=other)


def capacity(desk: Desk, turn: int) -> Act:
    _, mentor = turned(desk.pairs(), turn)[0]
    places = Participant.objects.get(pk=mentor).capacity % 3 + 1
    return lambda: desk.change("capacity", mentor=mentor, places=places)


def pause(desk: Desk, turn: int) -> Act:
    _, mentor = turned(desk.pairs(), turn)[0]
    return lambda: desk.change("pause", person=mentor)


def others(desk: Desk, turn: int) -> Act:
    mentee, _ = turned(desk.pairs(), turn)[0]
    return lambda: desk.look("others", mentee)


def others_first(desk: Desk, turn: int) -> Act:
    act = others(desk, turn)
    RECENT.clear()
    return act


def why_not(desk: Desk, turn: int) -> Act:
    """Any other mentor, whom a limit may rule out or who would only cost more."""
    (mentee, mentor), *rest = turned(desk.pairs(), turn)
    asked = first(other for _, other in rest if other != mentor)
    return lambda: desk.look("others", mentee, mentor=asked)


def preview(desk: Desk, turn: int) -> Act:
    """Of a plan of which a mentor has left."""
    leave(desk, turn)
    return lambda: desk.look("mending")


def mend(desk: Desk, turn: int) -> Act:
    leave(desk, turn)
    return lambda: desk.post("mend")


def leave(desk: Desk, turn: int) -> None:
    _, mentor = turned(desk.pairs(), turn)[0]
    place = Participant.objects.select_related("user").get(pk=mentor)
    withdraw(place, by=place.user, at=timezone.now())


def publish_two(desk: Desk, turn: int) -> Act:
    two = turned(desk.pairs(), turn)[:2]
    ticked = [f"{mentor}:{mentee}" for mentee, mentor in two]
    return lambda: desk.post("publish", select=ticked)


def publish_rest(desk: Desk, turn: int) -> Act:
    publish_two(desk, turn)()
    return lambda: desk.post("publish", all="yes")


def turned(pairs: list, turn: int) -> list:
    """The pairs from another place on each turn, all over the list."""
    start = turn * len(pairs) // TURNS
    return pairs[start:] + pairs[:start]


def first(found: Iterator):
    """The first of them. Raises Refused where so few people leave none."""
    for it in found:
        return it
    raise Refused("There are too few people for this step.")


TURNS = 5
STEPS = [
    Step("propose again", propose, waits=False),
    Step("the page", look),
    Step("the page, plan not in memory", look_first),
    Step("pin", pin),
    Step("undo", undo),
    Step("never pair", never),
    Step("swap", swap),
    Step("capacity", capacity),
    Step("pause", pause),
    Step("other mentors", others),
    Step("other mentors, plan not in memory", others_first),
    Step("why not", why_not),
    Step("mend, the preview", preview),
    Step("mend", mend),
    Step("publish two", publish_two),
    Step("publish the rest", publish_rest, waits=False),
]
