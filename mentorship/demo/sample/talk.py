"""What a pair says: its texts, chosen by what the two want to learn."""

from dataclasses import dataclass
from functools import cached_property

from mentorship.participants.models import WantedSkill
from pairing.models import Pair

from .story import Story, local_part

QUESTIONS = ("helped", "changed", "next_step")


def wanted_skills(cohort) -> dict:
    """{user id: slug of the first skill they want} of everyone in the cohort."""
    rows = WantedSkill.objects.filter(profile__user__places__cohort=cohort)
    return dict(rows.order_by("-skill__slug").values_list("profile", "skill__slug"))


@dataclass
class Talk:
    """The words of one pair, the same in every telling."""

    story: Story
    pair: Pair
    wanted: dict
    ends: bool = False

    @cached_property
    def mentee_texts(self) -> dict:
        return self.texts_of(self.pair.mentee.user, self.story.mentees)

    @cached_property
    def mentor_texts(self) -> dict:
        return self.texts_of(self.pair.mentor.user, self.story.mentors)

    @cached_property
    def rhythm(self) -> int:
        """Days from one session to the next; one pair in four is slower than agreed."""
        slow = self.dice("rhythm").random() < 0.25 and not self.has_own_words
        return round(self.pair.rhythm_days * (1.6 if slow else 0.95))

    @cached_property
    def openness(self) -> float:
        """How likely the one who did not log a session looks back on it."""
        return self.dice("openness").choice((0.35, 0.75, 0.75, 0.85))

    @cached_property
    def has_own_words(self) -> bool:
        return local_part(self.pair.mentee.user) in self.story.mentees

    def texts_of(self, user, texts: dict) -> dict:
        return texts.get(local_part(user)) or texts[self.wanted[user.pk]]

    def dice(self, *about):
        """Dice of this pair's own."""
        pair = self.pair
        return self.story.dice(pair.mentor.user.email, pair.mentee.user.email, *about)

    def fill(self, text: str) -> str:
        """The text with what the two are called."""
        names = {
            "mentor": self.pair.mentor.short_name,
            "mentee": self.pair.mentee.short_name,
        }
        for side, name in names.items():
            text = text.replace(f"{{{side}}}", name)
        return text

    def outcome(self, side: str) -> list[str]:
        texts = self.mentor_texts if side == "mentor" else self.mentee_texts
        return self.dice("outcome", side).choice(texts["outcomes"])

    def session(self, number: int, count: int) -> list[str]:
        """Topic, what was useful to the mentee and to the mentor of the session with
        this number of so many."""
        return [self.fill(text) for text in self.session_texts(number, count)]

    def session_texts(self, number: int, count: int) -> list[str]:
        if number == 0 and not self.has_own_words:
            return self.dice("first").choice(self.story.words["first"])
        if number == count - 1 and self.ends:
            return self.dice("last").choice(self.story.words["last"])
        talks, notes = self.mentee_texts["talks"], self.mentor_texts["notes"]
        start = 0 if self.has_own_words else self.dice("start").randrange(len(talks))
        topic, to_mentee = talks[(start + number) % len(talks)]
        return [topic, to_mentee, notes[(start + number) % len(notes)]]

    def minute(self, side: str, number: int) -> dict:
        """What one side answered to itself in the minute after that session."""
        dice = self.dice("minute", side, number)
        if dice.random() > 0.3:
            return {}
        said = dice.choice(self.story.words["minutes"])
        return {slug: text for slug, text in zip(QUESTIONS, said, strict=True) if text}

    def thought(self, side: str, number: int) -> str:
        """What one side keeps to itself after that session, or nothing."""
        user = getattr(self.pair, side).user
        own = self.story.words["own_thoughts"].get(local_part(user))
        if own:
            return own[number] if number < len(own) else ""
        thoughts = self.story.words[f"{side}_thoughts"]
        shuffled = self.story.dice("thoughts", user.email).sample(
            thoughts, len(thoughts)
        )
        keeps = self.dice("keeps", side, number).random() < 0.6
        return shuffled[number % len(shuffled)] if keeps else ""
