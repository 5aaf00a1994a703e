"""Sessions as both sides tell them, with promises and planned ones.

The past is written in bulk: to log some hundred sessions one by one, as people do,
would take most of a minute.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from feedback.models import Pulse, Reflection, ReflectionWords
from mentorship.accounts.acting import acting_as
from milestones.models import ActionItem, ActionWords
from pairing.actions import plan_session, propose_time
from pairing.models import Session, SessionWords

from .days import working_day
from .talk import Talk

LENGTHS = (30, 45, 45, 45, 60, 60)
Channel = Session.Channel
CHANNELS = (Channel.IN_PERSON, Channel.VIDEO, Channel.VIDEO, Channel.PHONE)
PLACES = {
    Channel.IN_PERSON: ("Ground-floor café", "The bench by the pond", "Room 2.14"),
    Channel.VIDEO: ("Our usual video room",),
    Channel.PHONE: ("I call you",),
}
SIDES = ("mentee", "mentor")
SCALES = ("confidence", "together", "clarity")
State = Reflection.State


@dataclass
class Diary:
    """A pair's sessions as rows that are not saved yet; `private` holds each side's
    own words."""

    talk: Talk
    count: int
    one_sided: bool
    sessions: list = field(default_factory=list)
    reflections: list = field(default_factory=list)
    promises: list = field(default_factory=list)
    words: list = field(default_factory=list)
    private: dict = field(default_factory=lambda: {side: [] for side in SIDES})

    def hold(self, number: int, day: date) -> None:
        """Add one session: either side logs it, the other answers, or does not."""
        talk, dice = self.talk, self.talk.dice("session", number)
        first, second = SIDES[::-1] if self.turns(number) else SIDES
        topic, to_mentee, to_mentor = talk.session(number, self.count)
        useful = {"mentee": to_mentee, "mentor": "" if self.one_sided else to_mentor}
        logged_at = talk.story.at(day, 18, dice.randint(0, 59))
        session = Session(
            pair=talk.pair,
            state=Session.State.HELD,
            held_on=day,
            minutes=dice.choice(LENGTHS),
            channel=dice.choice(CHANNELS),
            logged_by=getattr(talk.pair, first),
            logged_at=logged_at,
            created_at=logged_at,
        )
        self.sessions.append(session)
        self.reflect(session, first, number, logged_at)
        self.promise(session, number, dice)
        if not self.answer(session, second, number):
            useful[second] = ""
        self.words.append(
            SessionWords(
                session=session,
                pair=talk.pair,
                topics=[topic],
                useful_to_mentee=useful["mentee"],
                useful_to_mentor=useful["mentor"],
            )
        )

    def turns(self, number: int) -> bool:
        """Every third session is logged by the mentor."""
        return number % 3 == 1 and not self.one_sided

    def reflect(self, session, side: str, number: int, at) -> None:
        """Look back right away: a feeling or three, and often a private thought."""
        author = getattr(self.talk.pair, side)
        reflection = Reflection(
            session=session,
            author=author,
            state=State.WRITTEN,
            asked_at=session.logged_at,
            answered_at=at,
        )
        self.reflections.append(reflection)
        own = {"reflection": reflection, "author": author.user}
        dice = self.talk.dice("pulse", side, number)
        self.private[side].append(Pulse(**own, **feelings(dice, number, self.count)))
        thought = self.talk.thought(side, number)
        answers = self.talk.minute(side, number)
        if thought or answers:
            words = ReflectionWords(**own, thought=thought, answers=answers)
            self.private[side].append(words)

    def answer(self, session, side: str, number: int) -> bool:
        """The other one confirms and looks back, skips, or says nothing at all;
        whether they had something to say."""
        dice = self.talk.dice("answer", number)
        day = session.held_on + timedelta(days=dice.randint(0, 2))
        at = self.talk.story.at(day, dice.randint(19, 21), dice.randint(0, 59))
        luck, author = dice.random(), getattr(self.talk.pair, side)
        if luck < self.talk.openness:
            session.confirmed_by, session.confirmed_at = author, at
            session.version = 2
            self.reflect(session, side, number, at)
            return True
        skips = luck < self.talk.openness + 0.15
        self.reflections.append(
            Reflection(
                session=session,
                author=author,
                state=State.SKIPPED if skips else State.ASKED,
                asked_at=session.logged_at,
                answered_at=at if skips else None,
            )
        )
        return False

    def promise(self, session, number: int, dice) -> None:
        """Now and then something small; most of it is kept within ten days."""
        talk, day = self.talk, session.held_on + timedelta(days=dice.randint(2, 10))
        kept = day < talk.story.today and dice.random() < 0.8
        side = SIDES[1 - number % 2]
        texts = getattr(talk, f"{side}_texts")["promises"]
        turn = (number - 1) // 2
        if number == 0 or turn >= len(texts) or (self.one_sided and side == "mentor"):
            return
        promised = texts[turn]
        text, helps = (promised, side) if isinstance(promised, str) else promised
        item = ActionItem(
            pair=talk.pair,
            session=session,
            owner=getattr(talk.pair, side),
            for_side=helps,
            due_on=day + timedelta(days=5) if number % 2 else None,
            done_at=talk.story.at(day, 12) if kept else None,
            created_at=session.logged_at,
        )
        self.promises.append(item)
        words = ActionWords(item=item, pair=talk.pair, text=talk.fill(text))
        self.words.append(words)

    def write(self) -> None:
        """Save everything: what the pair reads as one of it, the rest as its author."""
        with acting_as(self.talk.pair.mentee.user):
            for rows in (self.sessions, self.reflections, self.promises, self.words):
                save_all(rows)
        for side, rows in self.private.items():
            with acting_as(getattr(self.talk.pair, side).user):
                save_all(rows)


def meet(talk: Talk, days: list[date], one_sided: bool = False) -> None:
    """Write the sessions of a pair. In a one-sided pair nothing is for the mentor."""
    diary = Diary(talk, len(days), one_sided)
    for number, day in enumerate(days):
        diary.hold(number, day)
    diary.write()


def save_all(rows: list) -> None:
    for model in {type(row): None for row in rows}:
        model.objects.bulk_create([row for row in rows if type(row) is model])


def feelings(dice, number: int, count: int) -> dict[str, int]:
    """Answers from 1 to 5 that rise a little with time; some are left out."""
    level = 2.6 + 1.6 * number / max(count - 1, 1)
    return {
        scale: max(1, min(5, round(level + dice.uniform(-0.9, 0.9))))
        for scale in SCALES
        if dice.random() < 0.8
    }


def plan(talk: Talk, day: date, hour: int, told_on: date, place: str = "") -> Session:
    """Plan a session on a working day; the mentee suggests it."""
    dice = talk.dice("plan", hour)
    channel = Channel.IN_PERSON if place else dice.choice(CHANNELS)
    user = talk.pair.mentee.user
    return plan_session(
        talk.pair,
        by=user,
        at=talk.story.at(told_on, 12, dice.randint(0, 59)),
        starts_at=talk.story.at_wall(working_day(day), hour, user.tz),
        minutes=45,
        channel=channel,
        place=place or dice.choice(PLACES[channel]),
    )


def propose(talk: Talk, day: date, hour: int) -> Session:
    """The mentor proposes a time, this morning; it waits for an answer."""
    user = talk.pair.mentor.user
    return propose_time(
        talk.pair,
        by=user,
        at=talk.story.at(talk.story.today, 7),
        starts_at=talk.story.at_wall(working_day(day), hour, user.tz),
        minutes=45,
        channel=Channel.VIDEO,
    )
