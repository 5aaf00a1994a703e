"""People and problems for the engine's tests."""

import csv
import random
import re
from datetime import date, time
from pathlib import Path

from pairing.engine import (
    Person,
    Problem,
    Rule,
    Weights,
    availability_bits,
    manager_chains,
)

SPRING = Path(__file__).parents[2] / "fixtures" / "rosters" / "spring-cohort.csv"
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
HOURS = {"am": (9, 12), "pm": (13, 17)}


def bits(quarters):
    """Quarter hours by number as availability."""
    return sum(1 << number for number in quarters)


def person(name, **changes):
    """Somebody who can be paired with anybody of the same making."""
    values = {
        "languages": frozenset({"en"}),
        "availability": bits(range(100, 116)),
        "capacity": 1,
    }
    return Person(id=name, **(values | changes))


def market(scores, capacities, **changes):
    """A problem whose scores are exactly those of the table, mentees down.

    Each mentee wants a hundred skills, and each mentor offers as many of those as
    their score has hundredths.
    """
    weights = Weights.from_dict({"skills": 1})
    mentees = [
        person(f"e{i}", skills_wanted={f"s{i}-{n}": 1 for n in range(100)})
        for i in range(len(scores))
    ]
    mentors = [
        person(
            f"o{j}",
            capacity=places,
            skills_offered={
                f"s{i}-{n}": 1 for i, row in enumerate(scores) for n in range(row[j])
            },
        )
        for j, places in enumerate(capacities)
    ]
    return Problem(tuple(mentees), tuple(mentors), weights=weights, **changes)


def random_problem(seed, mentees, mentors, *, free=False):
    """People with random profiles; about half of the pairs are possible."""
    chance = random.Random(seed)
    skills = [f"skill-{n}" for n in range(12)]
    tags = [f"tag-{n}" for n in range(8)]

    def some(names, most):
        return frozenset(chance.sample(names, chance.randint(0, most)))

    def levels(most):
        return {
            name: chance.choice([None, 1, 2, 3, 4, 5])
            for name in sorted(some(skills, most))
        }

    def one(name):
        start = chance.randrange(0, 60)
        return Person(
            id=name,
            languages=frozenset({"en"}) if free else some(["en", "de", "pl"], 3),
            availability=bits(range(start, start + chance.randint(4, 60))),
            async_only=free or chance.random() < 0.1,
            skills_offered=levels(5),
            skills_wanted=levels(3),
            goals=some(skills, 3),
            interests=some(tags, 4),
            goal_text=" ".join(sorted(some(tags, 4))),
            working_style=some(tags, 3),
            values=some(tags, 3),
            good_mentor=some(tags, 2),
            learning_preference=chance.choice(["", "doing", "reading"]),
            function=chance.choice(["", "finance", "nursing"]),
            capacity=chance.choice([0, 1, 1, 2, 3]),
            taken=chance.choice([0, 0, 0, 1]),
            recent_load=chance.choice([0, 0, 1, 3]),
            first_time=chance.random() < 0.2,
            wishes=tuple(f"o{chance.randrange(max(mentors, 1))}" for _ in range(2)),
            line_key=name,
            managers=frozenset({f"o{chance.randrange(20)}"}),
        )

    def pair():
        return f"o{chance.randrange(max(mentors, 1))}", f"e{chance.randrange(9)}"

    return Problem(
        mentees=tuple(one(f"e{n}") for n in range(mentees)),
        mentors=tuple(one(f"o{n}") for n in range(mentors)),
        rules=() if free else (Rule("never", *pair()),),
        ended=() if free else (pair(),),
    )


def place_cost(chosen, policy):
    """What further mentees of the mentors chosen cost, with those they had before."""
    cost, load = 0, {mentor.id: mentor.taken for mentor in chosen}
    for mentor in chosen:
        cost += policy.place_cost * load[mentor.id]
        load[mentor.id] += 1
    return cost


def spring_cohort(week_start=date(2026, 3, 2)):
    """The spring roster as a problem, with reporting lines inside the cohort."""
    with SPRING.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    chains = manager_chains({row["Email"]: row["Manager's email"] for row in rows})
    people = [(row["Role"], _from_row(row, chains, week_start)) for row in rows]
    return Problem(
        mentees=tuple(one for role, one in people if role == "Mentee"),
        mentors=tuple(one for role, one in people if role == "Mentor"),
    )


def _from_row(row, chains, week_start):
    return Person(
        id=row["Email"],
        languages=frozenset(_list(row["Languages"])),
        availability=availability_bits(
            _slots(row["Availability"]), row["Time zone"], week_start
        ),
        skills_offered=_levels(row["Skills offered"]),
        skills_wanted=_levels(row["Skills wanted"]),
        interests=frozenset(_list(row["Career interests"])),
        working_style=frozenset(_list(row["Working style"])),
        learning_preference=row["Learning style"],
        function=row["Function"],
        capacity=int(row["Capacity"] or 0),
        wishes=tuple(_list(row["Mentor wishes"])),
        line_key=row["Email"],
        managers=chains[row["Email"]],
    )


def _list(cell):
    return [part.strip() for part in cell.split(";") if part.strip()]


def _levels(cell):
    found = re.findall(r"([^;]+?) \((\d)\)", cell)
    return {name.strip(): int(level) for name, level in found}


def _slots(cell):
    slots = []
    for part in cell.split(","):
        day, hours = part.split()
        start, end = HOURS.get(hours) or map(int, hours.split("-"))
        slots.append((DAYS.index(day), time(start), time(end)))
    return slots
