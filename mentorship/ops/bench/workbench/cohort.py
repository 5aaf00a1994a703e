"""The invented people of a pairing problem as rows: a cohort in which all of them wait.

Bulk statements only, in the caller's transaction.
"""

from collections.abc import Iterator
from datetime import time
from uuid import NAMESPACE_DNS, uuid5

from django.utils import timezone

from mentorship.accounts.models import User
from mentorship.charter.models import (
    Acknowledgment,
    CharterText,
    CharterVersion,
    Cohort,
    Program,
    Role,
)
from mentorship.ops.bench.pairing.program import BINS_IN_DAY, QUARTERS
from mentorship.participants.models import (
    Availability,
    OfferedSkill,
    Participant,
    Profile,
    Skill,
    WantedSkill,
)
from pairing.engine import Person, Problem
from pairing.models import PairRule, Wish

HOURS = 24 // BINS_IN_DAY


def waiting_cohort(
    problem: Problem, domain: str = "bench.example"
) -> tuple[Cohort, User]:
    """A cohort in which everyone of the problem waits for a match, and somebody who
    coordinates it. What other cohorts asked of the mentors is left out. People of two
    problems are others if their mail `domain` is another."""
    program = Program.objects.create(name="A program to measure the workbench with")
    cohort = Cohort.objects.create(
        program=program, name="Measured", stage=Cohort.Stage.PAIRING
    )
    coordinator = User.objects.create(email=f"coordinator@{domain}", password="!")
    kind = Role.Kind.COORDINATOR
    Role.objects.create(program=program, user=coordinator, kind=kind)
    places = joined(problem, cohort, domain)
    described(problem, program, places)
    agreed(in_force(program, coordinator), places)
    said(problem, places, coordinator)
    return cohort, coordinator


def everyone(problem: Problem) -> list[Person]:
    return [*problem.mentees, *problem.mentors]


def joined(problem: Problem, cohort: Cohort, domain: str) -> dict[str, Participant]:
    """{person: their place}, joined and oriented."""
    people = everyone(problem)
    users = User.objects.bulk_create(account(person, domain) for person in people)
    mentors = {mentor.id for mentor in problem.mentors}
    now = timezone.now()
    places = [
        Participant(
            # Of equally good plans, the ids decide: the same every time.
            id=uuid5(NAMESPACE_DNS, address(person.id, domain)),
            cohort=cohort,
            user=user,
            is_mentor=person.id in mentors,
            is_mentee=person.id not in mentors,
            capacity=person.capacity if person.id in mentors else None,
            state=Participant.State.JOINED,
            function=person.function,
            async_only=person.async_only,
            joined_at=now,
            oriented_at=now,
        )
        for person, user in zip(people, users, strict=True)
    ]
    made = Participant.objects.bulk_create(places)
    return {person.id: place for person, place in zip(people, made, strict=True)}


def account(person: Person, domain: str) -> User:
    side, _, number = person.id.partition("-")
    return User(
        email=address(person.id, domain),
        password="!",
        given_name=f"Given{int(number) % 700}",
        family_name=f"{side.title()}{number}",
        manager_email=next((address(it, domain) for it in person.managers), ""),
    )


def address(person_id: str, domain: str) -> str:
    return f"{person_id}@{domain}"


def described(problem: Problem, program: Program, places: dict) -> None:
    """What people told of themselves: profiles, skills and weekly hours."""
    people = everyone(problem)
    profiles = {person.id: profile(person, places[person.id]) for person in people}
    Profile.objects.bulk_create(profiles.values())
    levels = [(person.skills_offered, person.skills_wanted) for person in people]
    slugs = sorted({slug for sides in levels for side in sides for slug in side})
    skills = Skill.objects.bulk_create(
        Skill(program=program, slug=slug, labels={"en": slug.title()}) for slug in slugs
    )
    by_slug = {skill.slug: skill for skill in skills}
    OfferedSkill.objects.bulk_create(
        OfferedSkill(profile=profiles[person.id], skill=by_slug[slug], level=level)
        for person in people
        for slug, level in person.skills_offered.items()
    )
    WantedSkill.objects.bulk_create(
        WantedSkill(profile=profiles[person.id], skill=by_slug[slug], level=level)
        for person in people
        for slug, level in person.skills_wanted.items()
    )
    Availability.objects.bulk_create(
        slot for person in people for slot in hours(person, profiles[person.id])
    )


def profile(person: Person, place: Participant) -> Profile:
    return Profile(
        user=place.user,
        goals=person.goal_text,
        goal_skills=sorted(person.goals),
        interests=sorted(person.interests),
        working_style=", ".join(sorted(person.working_style)),
        values=sorted(person.values),
        mentor_ideals=sorted(person.good_mentor),
        learning=person.learning_preference,
        languages=sorted(person.languages),
    )


def hours(person: Person, profile: Profile) -> Iterator[Availability]:
    """The free bins of the invented week, each as a slot in UTC."""
    for bin_ in range(7 * BINS_IN_DAY):
        if person.availability >> 8 * bin_ & QUARTERS:
            weekday, place = divmod(bin_, BINS_IN_DAY)
            starts, ends = time(HOURS * place), time(HOURS * (place + 1) % 24)
            yield Availability(
                profile=profile, weekday=weekday, starts=starts, ends=ends, zone="UTC"
            )


def in_force(program: Program, by: User) -> CharterText:
    """The words of a charter in force."""
    charter = CharterVersion.objects.create(
        program=program,
        number=1,
        state=CharterVersion.State.IN_FORCE,
        published_at=timezone.now(),
        published_by=by,
    )
    return CharterText.objects.create(charter=charter, language="en")


def agreed(text: CharterText, places: dict) -> None:
    """Everybody has acknowledged the charter."""
    words = {"language": text.language, "sha256": text.sha256}
    Acknowledgment.objects.bulk_create(
        Acknowledgment(user=place.user, charter=text.charter, **words)
        for place in places.values()
    )


def said(problem: Problem, places: dict, coordinator: User) -> None:
    """The mentees' wishes, and the rules of a coordinator."""
    Wish.objects.bulk_create(
        Wish(mentee=places[mentee.id], mentor=places[mentor], rank=rank)
        for mentee in problem.mentees
        for rank, mentor in enumerate(mentee.wishes, 1)
    )
    PairRule.objects.bulk_create(
        PairRule(
            cohort=places[rule.mentor].cohort,
            mentor=places[rule.mentor],
            mentee=places[rule.mentee],
            kind=rule.kind,
            by=coordinator,
        )
        for rule in problem.rules
    )
