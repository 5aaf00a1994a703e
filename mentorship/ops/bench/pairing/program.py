"""An invented program of any size, for measuring: the same seed, the same people.

A hidden job family drives what people can do, want and like, so that good pairs exist
and are contested. About half of all pairs are possible.
"""

from collections.abc import Iterator
from typing import Literal

import numpy as np

from pairing.engine import Person, Problem, Rule

Kind = Literal["loose", "scarce"]  # about 1.8 places for each mentee, or just one

MENTORS_PER_MENTEE = {"loose": 1.0, "scarce": 0.55}
FAMILIES, COMPETENCIES, TAGS, FUNCTIONS, WORDS = 12, 60, 24, 10, 400
LEARNING = ["doing", "reading", "watching", "talking"]
LANGUAGES = np.array(["en", "es", "fr", "de", "pt", "pl", "sw", "hi"])
SPEAKERS = [0.66, 0.24, 0.2, 0.18, 0.14, 0.12, 0.1, 0.08]
OFFSETS = [-8, -6, -4, 0, 2, 4, 6, 8]  # hours from UTC
RESIDENTS = [0.03, 0.1, 0.12, 0.25, 0.3, 0.1, 0.05, 0.05]
CARERS = 0.18  # share of people with few free hours
QUARTERS = 0xFF  # a bin of two hours is eight quarter hours
BINS_IN_DAY, WORKDAYS, FIRST_BIN, WORK_BINS = 12, 5, 4, 6  # 08:00 to 20:00
HOUR = 4  # quarter hours


def program(seed: int, mentees: int, kind: Kind = "loose", *, pins=True) -> Problem:
    """A program with this many mentees; any whole number is a seed.

    A hundredth of the mentees are pinned, each to a mentor whom they can meet.
    """
    return _Program(seed, mentees, kind).problem(pins)


class _Program:
    """Draws people side by side; each row of an array is a person."""

    def __init__(self, seed: int, mentees: int, kind: Kind) -> None:
        self.chance = np.random.default_rng(seed % 2**64)
        self.mentees = mentees
        self.mentors = max(round(mentees * MENTORS_PER_MENTEE[kind]), 1)
        self.skills = self.chance.dirichlet(np.full(COMPETENCIES, 0.3), FAMILIES)
        self.tags = self.chance.dirichlet(np.full(TAGS, 0.5), FAMILIES)
        self.words = self.chance.integers(WORDS, size=(FAMILIES, 40))
        fame = self.chance.pareto(1.5, self.mentors) + 0.1
        self.fame = (fame / fame.sum()).cumsum()

    def problem(self, pins: bool) -> Problem:
        mentees = tuple(self._people("mentee", self.mentees))
        mentors = tuple(self._people("mentor", self.mentors))
        ended = self._chance_pairs(self.mentees // 20)
        apart = self._chance_pairs(self.mentees // 50)
        rules = [Rule("never", mentor, mentee) for mentor, mentee in apart]
        if pins:
            rules += self._pins(mentees, mentors, {*ended, *apart})
        return Problem(mentees, mentors, rules=tuple(rules), ended=tuple(ended))

    def _people(self, side: str, count: int) -> Iterator[Person]:
        columns = self._anybody(count)
        columns |= (
            self._mentors(columns) if side == "mentor" else self._mentees(columns)
        )
        family = columns.pop("family")
        for number in range(len(family)):
            name = f"{side}-{number}"
            own = {field: values[number] for field, values in columns.items()}
            yield Person(id=name, line_key=name, **own)

    def _anybody(self, count: int) -> dict:
        family = self.chance.integers(FAMILIES, size=count)
        moved = self.chance.random(count) < 0.2
        function = np.where(moved, self.chance.integers(FUNCTIONS, size=count), family)
        return {
            "family": family,
            "languages": self._languages(count),
            "availability": self._availability(count),
            "async_only": (self.chance.random(count) < 0.04).tolist(),
            "goals": self._sets("skill", self.skills[family], 1, 3),
            "goal_text": self._texts(family),
            "interests": self._sets("tag", self.tags[family], 2, 4),
            "working_style": self._sets("style", _even(count, 10), 3, 5),
            "values": self._sets("value", _even(count, 12), 3, 4),
            "good_mentor": self._sets("role", _even(count, 8), 2, 3),
            "learning_preference": self.chance.choice(LEARNING, count).tolist(),
            "function": [f"function-{one}" for one in (function % FUNCTIONS).tolist()],
        }

    def _mentors(self, columns: dict) -> dict:
        count, taste = self.mentors, self.skills[columns["family"]]
        load = self.chance.choice(4, count, p=[0.6, 0.2, 0.12, 0.08])
        first = (load == 0) & (self.chance.random(count) < 0.4)
        return {
            "skills_offered": self._levels(taste, 3, 6, lowest=2),
            "skills_wanted": self._levels(taste, 0, 2, lowest=1),
            "capacity": self.chance.choice(
                [1, 2, 3], count, p=[0.4, 0.4, 0.2]
            ).tolist(),
            "recent_load": load.tolist(),
            "first_time": first.tolist(),
        }

    def _mentees(self, columns: dict) -> dict:
        """Up to five wishes, mostly for the same few mentors; a third have a manager
        among the mentors."""
        count, taste = self.mentees, self.skills[columns["family"]]
        asked = np.searchsorted(self.fame, self.chance.random((count, 5))).tolist()
        many = self.chance.integers(6, size=count).tolist()
        above = self.chance.integers(3 * self.mentors, size=count).tolist()
        return {
            "skills_offered": self._levels(taste, 1, 3, lowest=1),
            "skills_wanted": self._levels(taste, 2, 4, lowest=1),
            "capacity": [0] * count,
            "wishes": [
                tuple(dict.fromkeys(f"mentor-{mentor}" for mentor in row[:few]))
                for row, few in zip(asked, many, strict=True)
            ],
            "managers": [frozenset({f"mentor-{number}"}) for number in above],
        }

    def _languages(self, count: int) -> list[frozenset[str]]:
        speaks = self.chance.random((count, len(LANGUAGES))) < SPEAKERS
        speaks[~speaks.any(axis=1), 0] = True
        return [frozenset(LANGUAGES[row].tolist()) for row in speaks]

    def _availability(self, count: int) -> list[int]:
        """Two-hour bins of the working days at home; carers have three to five."""
        many = self.chance.integers(6, 15, size=count)
        carers = self.chance.random(count) < CARERS
        many[carers] = self.chance.integers(3, 6, size=carers.sum())
        offset = self.chance.choice(OFFSETS, count, p=RESIDENTS) // 2
        bins = self.chance.random((count, WORKDAYS * WORK_BINS)).argsort(axis=1)
        day, place = bins // WORK_BINS, bins % WORK_BINS
        at = BINS_IN_DAY * day + FIRST_BIN + place - offset[:, None]
        return [
            sum(QUARTERS << 8 * one for one in row[:few])
            for row, few in zip((at % 84).tolist(), many.tolist(), strict=True)
        ]

    def _texts(self, family: np.ndarray) -> list[str]:
        places = self.chance.integers(40, size=(len(family), 8))
        words = self.words[family[:, None], places].tolist()
        return [" ".join(f"word{word}" for word in row) for row in words]

    def _levels(self, taste, fewest: int, most: int, *, lowest: int) -> list[dict]:
        chosen, many = self._draw(taste, fewest, most)
        levels = self.chance.integers(lowest, 6, size=(len(taste), most)).tolist()
        names = [f"skill-{number}" for number in range(COMPETENCIES)]
        return [
            {names[one]: level for one, level in zip(row[:few], high, strict=False)}
            for row, high, few in zip(chosen, levels, many, strict=True)
        ]

    def _sets(self, name: str, taste, fewest: int, most: int) -> list[frozenset[str]]:
        chosen, many = self._draw(taste, fewest, most)
        names = [f"{name}-{number}" for number in range(taste.shape[1])]
        return [
            frozenset([names[one] for one in row[:few]])
            for row, few in zip(chosen, many, strict=True)
        ]

    def _draw(self, taste, fewest: int, most: int) -> tuple[list[list[int]], list[int]]:
        """`most` different members for each row, likelier by taste, and how many of
        them count. Exponential races: the soonest arrivals are a weighted sample."""
        arrival = self.chance.exponential(size=taste.shape) / (taste + 1e-6)
        chosen = arrival.argsort(axis=1)[:, :most].tolist()
        return chosen, self.chance.integers(fewest, most + 1, len(taste)).tolist()

    def _chance_pairs(self, count: int) -> list[tuple[str, str]]:
        mentors = self.chance.integers(self.mentors, size=count).tolist()
        mentees = self.chance.integers(self.mentees, size=count).tolist()
        pairs = zip(mentors, mentees, strict=True)
        return sorted({(f"mentor-{one}", f"mentee-{other}") for one, other in pairs})

    def _pins(self, mentees, mentors, apart: set[tuple[str, str]]) -> list[Rule]:
        """Pins that can all hold: every mentor and every mentee at most once."""
        free = iter(self.chance.permutation(len(mentors)).tolist())
        pins = []
        for row in self.chance.permutation(len(mentees))[: len(mentees) // 100]:
            mentee = mentees[row]
            for column in free:
                mentor = mentors[column]
                if _can_meet(mentee, mentor) and (mentor.id, mentee.id) not in apart:
                    pins.append(Rule("pin", mentor.id, mentee.id))
                    break
        return pins


def _even(count: int, members: int) -> np.ndarray:
    return np.ones((count, members))


def _can_meet(mentee: Person, mentor: Person) -> bool:
    shared = (mentee.availability & mentor.availability).bit_count()
    return (
        bool(mentee.languages & mentor.languages)
        and mentor.id not in mentee.managers
        and (shared >= HOUR or mentee.async_only or mentor.async_only)
    )
