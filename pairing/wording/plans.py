"""A plan in words: its proof, who is left over and why, what a place is worth."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from pairing.engine import Conflict, Shortage

from .limits import LIMITS
from .numbers import begun, points, spelled

# The engine proves its plans; less than this is rounding.
PROVEN = 1e-6
# A mentor whose place is worth more than this is asked for by many.
ASKED_FOR = 0.02


def proof(gap: float) -> str:
    """How sure it is that no plan is better."""
    if gap <= PROVEN:
        return _("The best there is")
    return _("At most %(gap)s %% below the best") % {"gap": round(100 * gap, 3)}


def fit(score: float) -> str:
    """A score in words."""
    if score >= 0.7:
        return _("strong fit")
    if score >= 0.5:
        return _("good fit")
    return _("worth a second look")


def price(value: float, whole: float, mentor) -> str:
    """What giving a mentor's place away would cost, if it is worth saying; from
    `whole` on it would leave somebody without a mentor."""
    if value <= ASKED_FOR:
        return ""
    name = {"mentor": mentor.short_name}
    if value >= whole / 2:
        return (
            _(
                "Nobody else could take this place: without %(mentor)s, one person "
                "more would be left over."
            )
            % name
        )
    return _(
        "Asked for by many: without this place with %(mentor)s, the whole would lose "
        "%(points)s points."
    ) % {**name, "points": points(value)}


def why_unpaired(facts: dict) -> str:
    """Why the plan has no mentor for somebody, from the engine's counts."""
    if facts["possible"]:
        return ngettext(
            "%(count)s mentor would suit, but has no place left.",
            "%(count)s mentors would suit, but none has a place left.",
            facts["possible"],
        ) % {"count": facts["possible"]}
    if not facts["removed"]:
        return _("No mentor is ready yet.")
    limit, count = max(facts["removed"].items(), key=lambda item: item[1])
    return ngettext(
        "No mentor is possible: %(count)s %(limit)s.",
        "No mentor is possible: %(count)s mentors %(limit)s.",
        count,
    ) % {"count": count, "limit": LIMITS[limit]}


def shortage(found: Shortage, names: dict) -> list[str]:
    """Why so many cannot all be paired, the pairs ruled out, and the smallest way out,
    as sentences. `names` maps places' ids to places."""
    told = [crowding(found)]
    ruled_out = sum(found.removed.values())
    if ruled_out:
        limit, count = max(found.removed.items(), key=lambda item: item[1])
        told.append(
            ngettext(
                "Of %(all)s pair ruled out, %(count)s %(limit)s.",
                "Of %(all)s pairs ruled out, %(count)s %(limit)s.",
                ruled_out,
            )
            % {"all": ruled_out, "count": count, "limit": LIMITS[limit]}
        )
    if words := way_out(found, names):
        told.append(words)
    return told


# By how many mentors these mentees can meet: none, none with a place, one, several.
NO_MENTOR = ngettext_lazy(
    "%(mentees)s mentee can meet no mentor at all.",
    "%(mentees)s mentees can meet no mentor at all.",
    "n",
)
NO_ROOM = ngettext_lazy(
    "%(mentees)s mentee can only meet mentors who have no place left.",
    "%(mentees)s mentees can only meet mentors who have no place left.",
    "n",
)
ONE_MENTOR = ngettext_lazy(
    "%(mentees)s mentees can only meet one mentor, who has %(places)s place.",
    "%(mentees)s mentees can only meet one mentor, who has %(places)s places.",
    "n",
)
SOME_MENTORS = ngettext_lazy(
    "%(mentees)s mentees can only meet %(mentors)s mentors, who have %(places)s place.",
    "%(mentees)s mentees can only meet %(mentors)s mentors, who have %(places)s "
    "places.",
    "n",
)


def crowding(found: Shortage) -> str:
    """These mentees, the mentors they can meet, and their places."""
    mentees, mentors = len(found.mentees), len(found.mentors)
    counts = {
        "mentees": begun(mentees),
        "mentors": spelled(mentors),
        "places": spelled(found.places),
    }
    if not found.places:
        words = NO_ROOM if mentors else NO_MENTOR
        return words % {**counts, "n": mentees}
    words = ONE_MENTOR if mentors == 1 else SOME_MENTORS
    return words % {**counts, "n": found.places}


def way_out(found: Shortage, names: dict) -> str:
    """The cheapest single change that would pair somebody more."""
    way = found.relaxation
    if way is None:
        return ""
    if way.kind == "place" and way.name in names:
        return ngettext(
            "The smallest change: one more place with %(mentor)s would pair "
            "%(count)s person more.",
            "The smallest change: one more place with %(mentor)s would pair "
            "%(count)s people more.",
            way.gains,
        ) % {"mentor": names[way.name].short_name, "count": spelled(way.gains)}
    if way.kind == "limit":
        return ngettext(
            "Where mentors %(limit)s lies the way out: without that, %(count)s person "
            "more could be paired.",
            "Where mentors %(limit)s lies the way out: without that, %(count)s people "
            "more could be paired.",
            way.gains,
        ) % {"limit": LIMITS[way.name], "count": spelled(way.gains)}
    return ""


def contradiction(found: Conflict) -> str:
    """Why some pins cannot all be kept."""
    if found.kind == "unknown_person":
        return _("One of the two does not wait for a match just now.")
    if found.kind == "two_mentors":
        return _("One mentee is kept together with two mentors.")
    if found.kind == "over_capacity":
        return _("A mentor has fewer places than people to be kept together with.")
    if found.limits:
        return _("The two cannot be kept together: they %(limits)s.") % {
            "limits": ", ".join(str(LIMITS[name]) for name in found.limits)
        }
    return _("One rule keeps the two together, another keeps them apart.")
