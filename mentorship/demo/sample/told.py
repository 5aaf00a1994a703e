"""What pairs of the first cohort tell: two stories and three wins, with consent; one
more is offered, and one waits for the mentee's consent."""

from datetime import datetime, timedelta
from uuid import uuid4

from feedback.actions import agree_to_story, ask_consent, tell_story
from feedback.models import Story, StoryWords
from mentorship.accounts.acting import acting_as
from mentorship.accounts.models import User
from mentorship.charter.models import Program
from mentorship.demo.people import PEOPLE
from mentorship.insights.actions import comparable, publish_story
from pairing.models import Pair

KEPT_FOR = timedelta(days=300)
SOURCE = "Workforce data, spring"
# Side, kind, audience, title, words, and the unit of the measure beside it.
PUBLISHED = [
    (
        "mentee",
        "words",
        "organization",
        "",
        "I used to rehearse a sentence for a week and then not say it. In April I said "
        "it. Someone wrote it down.",
        "",
    ),
    (
        "mentor",
        "words",
        "steering",
        "",
        "I came to give advice. What I got was a reason to stop giving it so fast. My "
        "own team has noticed.",
        "",
    ),
    (
        "mentee",
        "win",
        "program",
        "Alone sooner",
        "Whoever changes post on our ward now gets a written first week. We began with "
        "mine, and kept what had helped.",
        "days",
    ),
    (
        "mentee",
        "win",
        "organization",
        "Safer handovers",
        "A handover checklist that the two of us wrote is now used on three wards.",
        "",
    ),
    (
        "mentor",
        "win",
        "steering",
        "Growing leads",
        "My mentee asked for the senior post before anybody offered it. I have started "
        "to ask my own people what they would ask for.",
        "",
    ),
]
OFFERED = (
    "mentor",
    "win",
    "steering",
    "Fewer repeats",
    "We moved the ward meeting to after the handover. Nobody has to say things twice.",
)
ASKED = (
    "mentor",
    "words",
    "program",
    "",
    "I prepare less and listen longer. It began when I was asked what I wanted myself.",
)


def tell(now: datetime) -> None:
    """Tell, agree and publish, once."""
    program = Program.objects.get(name="Rising Leads")
    if Story.objects.filter(program=program).exists():
        return
    by = User.objects.get(email=PEOPLE["coordinator"][1])
    over = Pair.objects.completed().filter(cohort__program=program).with_people()
    pairs = list(over.order_by("mentee__user__email", "started_on"))
    measures = {one.unit: key for key, (one, _) in comparable(program).items()}
    for pair, (*words, unit) in zip(pairs, PUBLISHED, strict=False):
        story = agreed(pair, words, now)
        beside = measures.get(unit, "")
        source = SOURCE if beside else ""
        publish_story(story, by=by, at=now, measure=beside, source=source)
    agreed(pairs[len(PUBLISHED)], OFFERED, now)
    mentee = PEOPLE["mentee"][1]
    mine = Pair.objects.running().filter(mentee__user__email=mentee).with_people()
    for pair in mine.select_related("cohort__program"):
        asked(pair, ASKED, now)


def asked(pair: Pair, words, now: datetime) -> Story:
    """A story whose teller has asked the other one."""
    side, kind, audience, title, text = words
    by = getattr(pair, side).user
    story = tell_story(
        pair,
        by=by,
        at=now,
        form_id=uuid4(),
        words={"title": title, "text": text, "url": ""},
        kind=kind,
        audience=audience,
        with_function=True,
        expires_on=(now + KEPT_FOR).date(),
    )
    return ask_consent(story, by=by, at=now, language="en")


def agreed(pair: Pair, words, now: datetime) -> Story:
    """A story that both agreed to, and so offered to the coordinators."""
    story = asked(pair, words, now)
    other = story.asked.user
    with acting_as(other):
        seen = StoryWords.objects.select_related("story").get(story=story).agreed_to()
    return agree_to_story(story, by=other, at=now, seen=seen, language="en")
