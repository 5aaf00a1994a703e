"""Whether an outcome says enough: which part is missing, and good examples.

The lists are translated as a whole, so each language has its own.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Words that add nothing to see, hear or count.
SAYS_LITTLE = pgettext_lazy(
    "words that say little in a goal, separated by spaces",
    "a able about am an and are as at at be become being best better build can career "
    "confidence confident continue develop developing development do effective "
    "effectively enhance experience for from gain general generally get getting good "
    "great grow growing growth have how i improve improved improvement improving in "
    "into is it know knowledge leader leaders leadership learn learning like lot make "
    "manager me mentor mentee mentoring more my new of on or others our own people "
    "person personal personally professional professionally progress skill skills "
    "skillset some something stronger stuff successful success than that the them "
    "things this through to understand understanding up very want we well will "
    "with work working",
)
# Words that promise no end.
HAS_NO_END = pgettext_lazy(
    "words that promise no end, separated by spaces",
    "always constantly continuously continually endlessly ever forever never ongoing "
    "perpetually",
)
NO_FIGURE = pgettext_lazy(
    "words that are no target, separated by spaces",
    "a as better bigger done excellent fine good great high higher improved increase "
    "increased it less lot lots more much perfect possible progress some very well yes",
)


# Scripts without spaces between words: each sign counts as a word.
WORD = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u4e00-\u9fff]|\w+")


def words_of(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def says_something(text: str, vague=SAYS_LITTLE, at_least: int = 1) -> bool:
    """Whether enough words are left once those that say little are taken out."""
    little = set(str(vague).split())
    telling = {word for word in words_of(text) if word not in little}
    return len(telling) >= at_least


def has_no_end(text: str) -> bool:
    return not set(str(HAS_NO_END).split()).isdisjoint(words_of(text))


def missing_parts(fields: dict) -> dict:
    """{field: what it still needs, as a kind sentence} for an outcome's words."""
    title, observable = fields.get("title", ""), fields.get("observable", "")
    found = {}
    if title and has_no_end(title):
        found["title"] = _(
            "An outcome has an end. Say what should be different by the date below."
        )
    elif title and not says_something(title, at_least=2):
        found["title"] = _(
            "A good start. Say a little more exactly what: in which situation, or with "
            "whom? For example “Open two points myself in case reviews”."
        )
    if observable and len(words_of(observable)) < 3:
        found["observable"] = _(
            "Say what you would both see or hear, in a few more words."
        )
    elif observable and words_of(observable) == words_of(title):
        found["observable"] = _(
            "This repeats the first answer. What would you both notice?"
        )
    elif observable and not says_something(observable):
        found["observable"] = _("Say what somebody else would notice.")
    return found | missing_figures(fields)


def missing_figures(fields: dict) -> dict:
    """The same for the measure, where it stands and where it should be."""
    found = {}
    measure = fields.get("measure", "")
    baseline, target = fields.get("baseline", ""), fields.get("target", "")
    if measure and not says_something(measure):
        found["measure"] = _(
            "Say what you count or compare, like “points I open in a review”."
        )
    if target and has_no_end(target):
        found["target"] = _(
            "A target is reached some day. Say how often or how much is enough."
        )
    elif target and not says_something(target, vague=NO_FIGURE):
        found["target"] = _(
            "Give a figure, or something you can point at, like “3 reviews”."
        )
    elif target and words_of(target) == words_of(baseline):
        found["target"] = _("This is where it stands now. Where should it be?")
    return found


@dataclass(frozen=True)
class Example:
    """One outcome that says everything."""

    title: object
    observable: object
    measure: object
    baseline: object
    target: object


# {(kind of core outcome, side): example}
EXAMPLES = {
    ("behavior", "mentor"): Example(
        _("Ask before I advise when somebody brings me a problem"),
        _("The other one says they found the answer themselves"),
        _("Sessions in which I asked first"),
        _("1 in 5"),
        _("4 in 5"),
    ),
    ("behavior", "mentee"): Example(
        _("Open points myself in case reviews"),
        _("Colleagues write down what I said"),
        _("Reviews in which I opened a point"),
        _("0"),
        _("3 in a row"),
    ),
    ("knowledge transfer", "mentor"): Example(
        _("Find out what keeps newer colleagues from staying"),
        _("I can tell the team three reasons and where I heard them"),
        _("Conversations with newer colleagues"),
        _("0"),
        _("5"),
    ),
    ("knowledge transfer", "mentee"): Example(
        _("Plan a rota for one ward without help"),
        _("The ward lead uses it as it is"),
        _("Weeks planned alone"),
        _("0"),
        _("4"),
    ),
    ("deliverable", "mentor"): Example(
        _("Write a one-page guide for first supervision talks"),
        _("Two other mentors have used it"),
        _("Mentors who used it"),
        _("0"),
        _("2"),
    ),
    ("deliverable", "mentee"): Example(
        _("Present a proposal for shorter handovers to the ward team"),
        _("The team decides on it in a meeting"),
        _("Versions discussed with the team"),
        _("0"),
        _("1 decided"),
    ),
}


def labels_of(program, slugs: list[str]) -> dict[str, str]:
    """{slug: words} of themes in the given order: a skill's label, or the slug itself
    with spaces; one query."""
    skills = program.skills.filter(slug__in=slugs)
    known = {skill.slug: str(skill) for skill in skills}
    return {slug: known.get(slug, slug.replace("-", " ")) for slug in slugs}
