"""What somebody did to a plan, and what came of it, as sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from pairing.engine import Move

from .numbers import begun, is_worth_telling, points

# What a decision may be about.
PEOPLE = ("mentor", "mentee", "other", "person")

# Done, and taken back.
DONE = {
    "propose": gettext_lazy("A new plan for everyone who waits."),
    "mend": gettext_lazy("The plan is up to date with who waits now."),
    "reopen": gettext_lazy("The pairs that were put aside are open again."),
    "pin": gettext_lazy("%(mentor)s and %(mentee)s stay together."),
    "never": gettext_lazy("%(mentor)s and %(mentee)s are never paired."),
    "drop": gettext_lazy("The rule about %(mentor)s and %(mentee)s is gone."),
    "swap": gettext_lazy("%(mentee)s and %(other)s have each other’s mentor now."),
    "pause": gettext_lazy("%(person)s is left out for now."),
    "resume": gettext_lazy("%(person)s can be paired again."),
}
UNDONE = {
    "pin": gettext_lazy("%(mentor)s and %(mentee)s are free to go with others again."),
    "never": gettext_lazy("%(mentor)s and %(mentee)s may be paired again."),
    "drop": gettext_lazy("The rule about %(mentor)s and %(mentee)s is back."),
    "swap": gettext_lazy("%(mentee)s and %(other)s have their own mentors back."),
    "pause": gettext_lazy("%(person)s takes part again."),
    "resume": gettext_lazy("%(person)s is left out again."),
}
PLACES = ngettext_lazy(
    "%(mentor)s has %(places)s place now.",
    "%(mentor)s has %(places)s places now.",
    "places",
)
ASKED = {
    "pin": gettext_lazy("Keep %(mentor)s and %(mentee)s together"),
    "never": gettext_lazy("Never pair %(mentor)s and %(mentee)s"),
    "drop": gettext_lazy("Drop the rule about %(mentor)s and %(mentee)s"),
    "swap": gettext_lazy("Let %(mentee)s and %(other)s swap their mentors"),
    "capacity": gettext_lazy("Give %(mentor)s another number of places"),
    "pause": gettext_lazy("Leave %(person)s out for now"),
    "resume": gettext_lazy("Let %(person)s be paired again"),
}


def what_was_done(change: dict, names: dict) -> str:
    """The decision behind a round; `names` maps places' ids to places."""
    verb = change.get("verb", "propose")
    about = called(change.get("about", {}), names)
    words, done = (DONE, verb) if verb != "undo" else (UNDONE, change["of"])
    if done == "capacity":
        about["places"] = next(iter(change["after"]["capacity"].values()))
        return PLACES % about
    return words[done] % about


def called(about: dict, names: dict) -> dict:
    """What a sentence needs: names for places, values as they are."""
    someone = _("someone")
    places = {role: value for role, value in about.items() if role in PEOPLE}
    return about | {
        role: names[id].short_name if id in names else someone
        for role, id in places.items()
    }


def what_is_asked(verb: str, about: dict) -> str:
    """A decision somebody wants to take; `about` maps roles to places and values."""
    words = {role: getattr(thing, "short_name", thing) for role, thing in about.items()}
    return ASKED[verb] % words


def what_came_of_it(effect: dict) -> list[str]:
    """Who else moves, and what the whole gains or loses, as sentences."""
    if not effect:
        return []
    told = [moves(len(effect["moved"]))]
    if effect["paired"]:
        told.append(paired(effect["paired"]))
    elif "recounted" in effect:
        told.append(_("What counts has changed, so the points do not compare."))
    elif "cost" in effect:
        told.append(cost(effect["cost"]))
    return told


def moves(count: int) -> str:
    """How many others get another mentor."""
    if not count:
        return _("Nobody else moves.")
    return ngettext("%(count)s other moves.", "%(count)s others move.", count) % {
        "count": begun(count)
    }


def paired(more: int) -> str:
    """How many have a mentor more or less than before."""
    count = abs(more)
    if more > 0:
        words = ngettext(
            "%(count)s mentee more has a mentor.",
            "%(count)s mentees more have a mentor.",
            count,
        )
    else:
        words = ngettext(
            "%(count)s mentee fewer has a mentor.",
            "%(count)s mentees fewer have a mentor.",
            count,
        )
    return words % {"count": begun(count)}


def cost(lost: float) -> str:
    """What the whole loses, in points of fit."""
    if not is_worth_telling(lost):
        return _("The whole stays as good as it was.")
    if lost > 0:
        return _("The whole loses %(points)s points.") % {"points": points(lost)}
    return _("The whole gains %(points)s points.") % {"points": points(lost)}


def move(found: Move, names: dict) -> str:
    """Where somebody else would go; `names` maps places' ids to places."""
    mentee = names[found.mentee].short_name
    if found.to_mentor is None:
        return _("%(mentee)s would be without a mentor.") % {"mentee": mentee}
    words = {"mentee": mentee, "mentor": names[found.to_mentor].short_name}
    if found.from_score is None:
        return _("%(mentee)s would go to %(mentor)s.") % words
    scores = {
        "before": round(100 * found.from_score),
        "after": round(100 * found.to_score),
    }
    return _("%(mentee)s would go to %(mentor)s, %(before)s to %(after)s.") % (
        words | scores
    )
