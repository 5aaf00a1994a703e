"""The few people on the ground: one program, two coordinators, and their pairs."""

from datetime import timedelta

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import transaction
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
from mentorship.outbox.models import Kind, Notice
from mentorship.participants.models import Participant
from pairing.models import Pair

PAIRS = 60
PASSWORD = "a password to try faults with"


@transaction.atomic
def settle() -> None:
    """Write them: everybody has agreed to the charter and is in a running pair."""
    program = Program.objects.create(name="A program to try faults on")
    staff = people("coordinator", 2)
    hashed = PBKDF2PasswordHasher().encode(PASSWORD, "a salt for a password of nobody")
    User.objects.filter(pk=staff[0].pk).update(password=hashed)
    Role.objects.bulk_create(
        Role(program=program, user=user, kind=Role.Kind.COORDINATOR) for user in staff
    )
    text = write_charter(program, staff[0])
    today = timezone.now().date()
    cohort = Cohort.objects.create(
        program=program,
        name="Tried",
        stage=Cohort.Stage.ACTIVE,
        active_on=today - timedelta(days=90),
    )
    mentors = join(cohort, "mentor", PAIRS, text)
    mentees = join(cohort, "mentee", PAIRS, text)
    Pair.objects.bulk_create(
        Pair(
            cohort=cohort,
            mentor=mentor,
            mentee=mentee,
            state=Pair.State.ACTIVE,
            started_on=today - timedelta(days=90),
            rhythm_days=14,
        )
        for mentor, mentee in zip(mentors, mentees, strict=True)
    )


def people(name: str, count: int) -> list[User]:
    return User.objects.bulk_create(
        User(
            email=f"{name}{number}@soak.example",
            given_name=name.title(),
            family_name=str(number),
            password="!",
        )
        for number in range(count)
    )


def write_charter(program: Program, by: User) -> CharterText:
    """One charter in force, and the draft of the next."""
    now = timezone.now()
    charter = CharterVersion.objects.create(
        program=program,
        number=1,
        state=CharterVersion.State.IN_FORCE,
        published_at=now,
        published_by=by,
    )
    draft = CharterVersion.objects.create(program=program, number=2, state="draft")
    CharterText.objects.create(charter=draft, language="en", sections={})
    return CharterText.objects.create(charter=charter, language="en", sections={})


def join(cohort: Cohort, side: str, count: int, text: CharterText) -> list[Participant]:
    """So many new people on one side, joined, oriented and agreed."""
    users, now = people(f"{side}-{cohort.name.lower()}-", count), timezone.now()
    Acknowledgment.objects.bulk_create(
        Acknowledgment(
            user=user, charter=text.charter, language="en", sha256=text.sha256
        )
        for user in users
    )
    return Participant.objects.bulk_create(
        Participant(
            cohort=cohort,
            user=user,
            is_mentor=side == "mentor",
            is_mentee=side == "mentee",
            capacity=1 if side == "mentor" else None,
            state=Participant.State.JOINED,
            joined_at=now,
            oriented_at=now,
        )
        for user in users
    )


def pairs() -> list[Pair]:
    """The running pairs with their people, in an order that stays."""
    with_people = Pair.objects.with_people().select_related("cohort__program")
    return list(with_people.order_by("mentee__user__email"))


def queue_mails(
    count: int, *, name: str = "mail", kind: str = Kind.ANNOUNCEMENT, **fields
) -> None:
    """Queue so many due mails, each under a key and to an address of its own."""
    now = timezone.now()
    readers = people(name, count)
    words = {"title": "Tried", "text": "A mail.", "by": "Kestrel", "at_once": True}
    made = {"template": "participants/announcement", "context": words, "due_at": now}
    Notice.objects.queue(
        Notice(
            recipient=reader,
            kind=kind,
            key=f"{name}:{number}",
            **{**made, **fields},
        )
        for number, reader in enumerate(readers)
    )


def states() -> dict[str, int]:
    """{state: how many notices}."""
    found = Notice.objects.values_list("state", flat=True)
    counted: dict[str, int] = {}
    for state in found.iterator():
        counted[state] = counted.get(state, 0) + 1
    return counted
