"""What Linh and Kwame keep for each other, and each for themself."""

from datetime import timedelta
from uuid import uuid4

from pairing.actions import add_link, keep_file, write_note, write_page
from pairing.uploads import accept

from .talk import Talk

NOTES = [
    (
        "mentor",
        20,
        "**To try until next time**\n\n- One point of your own in each case review\n"
        "- Nobody answers for you, me included",
    ),
    (
        "mentee",
        6,
        "An open question for Thursday: how do you say *I do not know yet* in front "
        "of people who expect you to?",
    ),
]
LINK = ("https://example.org/case-review-guide", "The guide to case reviews")
FILE = (
    "opening-words.md",
    b"# Ways to begin\n\n- What I noticed on the night shift is ...\n"
    b"- May I add something that surprised me?\n",
)
PAGES = [
    ("mentee", 9, "I keep waiting until I am sure. What if I spoke at 70 per cent?"),
    ("mentor", 8, "Count to ten before I answer. She usually gets there by six."),
]


def keep(talk: Talk) -> None:
    """Two notes, a link and a file for both, and a page of each notebook."""
    for side, days, body in NOTES:
        write_note(talk.pair, body=body, **once(talk, side, days))
    url, title = LINK
    add_link(talk.pair, url=url, title=title, **once(talk, "mentor", 19))
    keep_file(talk.pair, file=accept(*FILE), **once(talk, "mentee", 6))
    for side, days, body in PAGES:
        write_page(body=body, **once(talk, side, days))


def once(talk: Talk, side: str, days: int) -> dict:
    """Who writes, and when: so many days ago, after work."""
    day = talk.story.today - timedelta(days=days)
    return {
        "by": getattr(talk.pair, side).user,
        "at": talk.story.at(day, 18),
        "form_id": uuid4(),
    }
