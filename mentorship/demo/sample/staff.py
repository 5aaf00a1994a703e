"""Who runs the programs, and what they promise."""

from datetime import date, datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress

from mentorship.accounts.models import User
from mentorship.charter.actions import (
    create_program,
    give_role,
    publish_charter,
    save_draft,
    set_video_room,
    start_draft,
)
from mentorship.charter.models import Program, Role
from mentorship.charter.models.version import PROMISES
from mentorship.insights.actions import change_rule, group_sites
from mentorship.outbox.actions import add_room
from mentorship.outbox.models import Kind

from .story import ZONE, Story, read_people, read_texts

STAFF = (
    ("admin", "Mika", "Sandberg", "Europe/Berlin"),
    ("ingrid.solheim", "Ingrid", "Solheim", "Europe/Berlin"),
    ("maren.dahl", "Maren", "Dahl", "Europe/Berlin"),
    ("olufemi.peters", "Olufemi", "Peters", "Europe/Berlin"),
    ("annika.lindqvist", "Annika", "Lindqvist", "Europe/Warsaw"),
    ("teresa.okafor", "Teresa", "Okafor", "Europe/Lisbon"),
    ("thandiwe.moyo", "Thandiwe", "Moyo", "Africa/Nairobi"),
)
ROLES = (
    ("maren.dahl", Role.Kind.FACILITATOR),
    ("olufemi.peters", Role.Kind.STEERING),
    ("annika.lindqvist", Role.Kind.STEERING),
    ("teresa.okafor", Role.Kind.SPONSOR),
)
CHAT = "mmosts://chat.kestrel.example/nurse4rota7ward9night2shift"
VIDEO_ROOM = "https://meet.kestrel.example/{session}"
OWNERS = {"facilitator": "maren.dahl", "steering": "olufemi.peters"}
# A program of this size is told of by one word at a time.
RULE: dict[str, Any] = {
    "minimum": 5,
    "minimum_answers": 8,
    "months": 3,
    "breakdowns": ["cohort", "role", "function", "region"],
}
# The report breaks figures down by these.
REGIONS = {
    "Hamburg": "North",
    "Warsaw": "East",
    "Bengaluru": "East",
    "Nairobi": "South and overseas",
    "Lisbon": "South and overseas",
    "Toronto": "South and overseas",
}


def address(name: str) -> str:
    return f"{name}@kestrel.example"


def person(name: str) -> User:
    return User.objects.get(email=address(name))


def hire(story: Story, since: date) -> None:
    """The people who run things, and colleagues who take part in nothing."""
    at = story.at(since, 9)
    staff = [
        User(
            email=address(name),
            given_name=given,
            family_name=family,
            zone=zone,
            password="!",
            is_staff=name == "admin",
            is_superuser=name == "admin",
            joined_at=at,
        )
        for name, given, family, zone in STAFF
    ]
    colleagues = [
        User(**row, zone=ZONE.key, password="!", joined_at=at)
        for row in read_people("colleagues")
    ]
    User.objects.bulk_create(staff + colleagues)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True)
        for user in staff
    )


def found_program(story: Story, since: date) -> Program:
    """Rising Leads with its staff and the first version of its charter."""
    at = story.at(since, 10)
    coordinator = story.coordinator
    program = create_program(
        name="Rising Leads",
        zone=ZONE.key,
        coordinator=coordinator.email,
        by=person("admin"),
        at=at,
    )
    for name, kind in ROLES:
        give_role(program, email=address(name), kind=kind, by=coordinator, at=at)
    set_video_room(program, VIDEO_ROOM, by=coordinator)
    settle_report(story, program, at)
    add_room(
        program_id=program.pk,
        label="Mentoring at Kestrel",
        address=CHAT,
        kinds=[Kind.ANNOUNCEMENT, Kind.CHECK_IN],
        language="en",
        by=coordinator,
        at=at,
    )
    publish(story, program, since + timedelta(days=10), "first")
    return program


def settle_report(story: Story, program: Program, at: datetime) -> None:
    """Which sites are told of together, and which breakdowns."""
    group_sites(program, REGIONS, by=story.coordinator)
    change_rule(program, **RULE, by=story.coordinator, at=at)


def publish(story: Story, program: Program, day: date, edition: str) -> None:
    """Write and publish one edition; what it leaves unsaid stays as it was."""
    texts = read_texts("charter")
    coordinator = story.coordinator
    draft = start_draft(program, by=coordinator, at=story.at(day, 9))
    text = draft.text_in(program.languages[0])
    before = {name: getattr(draft, name) for name in PROMISES}
    words = {**texts, **texts[edition]}
    draft = save_draft(
        draft,
        version=draft.version,
        promises=before | words.get("promises", {}),
        sections=text.sections | words["sections"],
        outcomes=words["outcomes"],
        steps=steps(story, words["steps"]),
        by=coordinator,
        at=story.at(day, 10, 10),
    )
    at = story.at(day, 10, 12)
    publish_charter(draft, version=draft.version, by=coordinator, at=at)


def steps(story: Story, rows: list[dict]) -> list[dict]:
    """The escalation path, with people in the place of their roles."""
    ids = {role: person(name).pk for role, name in OWNERS.items()}
    ids["coordinator"] = story.coordinator.pk
    return [
        {
            "title": row["title"],
            "reply_days": row["reply_days"],
            "owner_id": ids.get(row.get("owner", "")),
        }
        for row in rows
    ]
