"""Our own short questions about growth, by theme and moment.

They are our own and have not been validated: they let a person see a change of their
own, and carry no claim beyond that. Every item has a key that never changes, so that
answers of two moments can be laid side by side.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from feedback.models import Moment

Words = str | Promise

AGREE: Sequence[Words] = (
    _("Not at all"),
    _("A little"),
    _("Partly"),
    _("Mostly"),
    _("Fully"),
)
OFTEN: Sequence[Words] = (
    _("Not yet"),
    _("Rarely"),
    _("Now and then"),
    _("Often"),
    _("Nearly always"),
)


@dataclass(frozen=True)
class Item:
    """One sentence to agree with; `words` are the names of 1, 2, 3 and so on."""

    key: str
    text: Words
    words: Sequence[Words] = AGREE


@dataclass(frozen=True)
class Theme:
    """Items that belong together. Growth is shown for the whole theme, or for `each`
    item where every one stands for itself."""

    key: str
    title: Words
    items: Sequence[Item]
    hint: Words = ""
    each: bool = False


ADAPTABILITY = Theme(
    "adaptability",
    _("Finding your way"),
    [
        Item("adapt-ahead", _("I think about what my work could look like later on.")),
        Item("adapt-choose", _("I decide for myself where I want to go next.")),
        Item("adapt-curious", _("I look into ways of working that are new to me.")),
        Item("adapt-handle", _("I trust myself to handle what comes up.")),
    ],
)
CONFIDENCE = Theme(
    "confidence",
    _("Confidence"),
    [
        Item("sure-way-on", _("When something goes wrong at work, I find a way on.")),
        Item("sure-new", _("I take on tasks that I have not done before.")),
        Item("sure-speak", _("I say what I think among people who know more.")),
    ],
)
COLLABORATION = Theme(
    "collaboration",
    _("Working with others"),
    [
        Item("with-ask", _("I ask for help before I am stuck.")),
        Item("with-reach", _("I know whom to turn to outside my own team.")),
    ],
)
NEXT_STEP = Item("clear-next", _("I know which step I want to take next at work."))
CLARITY = Theme("clarity", _("Knowing what is next"), [NEXT_STEP])
GROWTH = [ADAPTABILITY, CONFIDENCE, COLLABORATION, CLARITY]

WITH_A_MENTOR = Theme(
    "relationship",
    _("You and your mentor"),
    [
        Item("tie-open", _("I can speak openly.")),
        Item("tie-aim", _("We work towards something that matters to me.")),
        Item("tie-real", _("What we talk about helps me in my real work.")),
        Item("tie-say", _("I have a say in how we use our time.")),
    ],
)
MIRROR = Theme(
    "mirror",
    _("A mirror for you as a mentor"),
    [
        Item("mirror-listen", _("I listen more than I talk."), OFTEN),
        Item("mirror-ask", _("I ask before I advise."), OFTEN),
        Item("mirror-fail", _("I also tell what did not work for me."), OFTEN),
        Item("mirror-plain", _("I say what I see, kindly and plainly."), OFTEN),
        Item("mirror-learn", _("I learn something in our sessions myself."), OFTEN),
    ],
)
FIT = Theme(
    "fit",
    _("Is it working for you?"),
    [
        Item("fit-time", _("We find the time that we agreed on.")),
        Item("fit-useful", _("What we do is useful for what I want to reach.")),
    ],
    hint=_("If not, that is worth knowing early, and nobody’s fault."),
)
LATER = Theme(
    "later",
    _("Three months on"),
    [
        Item("later-kept", _("Something I began then is part of how I work now.")),
        Item("later-turn", _("I still come back to what we talked about.")),
        NEXT_STEP,
    ],
)


def own_themes(moment: str, sides: Sequence[str]) -> list[Theme]:
    """Our own themes for one moment and the side, or both, of a place; the program's
    competencies go after the first four."""
    if moment == Moment.LATER:
        return [LATER]
    themes = list(GROWTH)
    if moment in (Moment.MIDDLE, Moment.END):
        themes += [WITH_A_MENTOR] if "mentee" in sides else []
        themes += [MIRROR] if "mentor" in sides else []
        themes += [FIT]
    return themes
