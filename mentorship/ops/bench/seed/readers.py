"""Who is measured: people of the invented organization, by number alone."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from uuid import UUID

from django.conf import settings
from django.contrib.auth import (
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
)
from django.utils import timezone

from feedback.models import ReflectionWords
from mentorship.accounts.models import SealKey, User
from mentorship.charter.models import Program
from mentorship.insights.actions import (
    close_periods,
    open_period,
    publish_waiting,
    sweep_periods,
)
from milestones.models import ActionWords
from pairing.models import AgreementWords, SessionWords

from .scratch import superuser

WORDS = [
    (AgreementWords, ["goals", "confidentiality", "boundaries", "ending"]),
    (SessionWords, ["useful_to_mentor", "useful_to_mentee"]),
    (ActionWords, ["text"]),
]
SENTENCE = "We went through the last review, and I say what I would do another time."


def key(kind: str, number: int) -> UUID:
    """The same key as in the statements."""
    return UUID(hashlib.md5(f"{kind}:{number}".encode()).hexdigest())


@dataclass(frozen=True)
class Reader:
    """Somebody who opens pages: a mentee, a coordinator or of the steering group; and
    what their addresses name."""

    role: str
    user: UUID
    pair: UUID
    cohort: UUID
    program: UUID

    def sign_in(self) -> str:
        """The key of a session in which the person is signed in."""
        user = User.objects.get(pk=self.user)
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        return session.session_key


class Readers:
    """The first running pair of every cohort of an invented organization, and those who
    run its program. `shape` says how many cohorts there are."""

    def __init__(self, shape):
        self.shape = shape

    def reader(self, role: str, number: int) -> Reader:
        """The reader of a role in the cohort `number`; those of an old one are of the
        next."""
        cohort = number % self.shape.cohorts
        cohort -= cohort % 10 == 9
        in_cohort = self.shape.people // self.shape.cohorts
        pairs_in_cohort = self.shape.pairs // self.shape.cohorts
        mentee = cohort * in_cohort + in_cohort * 3 // 10
        people = {"mentee": key("person", mentee)}
        return Reader(
            role=role,
            user=people.get(role) or key(role, cohort // 10),
            pair=key("pair", cohort * pairs_in_cohort),
            cohort=key("cohort", cohort),
            program=key("program", cohort // 10),
        )

    def each(self, role: str, number: int) -> Iterator[Reader]:
        """So many readers of a role, spread over all cohorts."""
        step = max(1, self.shape.cohorts // number)
        return (self.reader(role, step * n) for n in range(number))


def seal_words(readers) -> None:
    """Seal real words in the pairs of `readers`, where the statements left bytes that
    nobody can open."""
    pairs = {reader.pair for reader in readers}
    people = {reader.user for reader in readers}
    with superuser():
        SealKey.objects.filter(pk__in=pairs | people).delete()
        for model, names in WORDS:
            rows = model._base_manager.filter(pair__in=pairs)
            reseal(model, rows, names)
        reseal(
            ReflectionWords,
            ReflectionWords.objects.filter(author__in=people),
            ["thought"],
        )


def publish_for(readers) -> None:
    """Publish a past quarter of each reader's program, as its nights would have done,
    unless one is there."""
    now = timezone.now()
    for program in Program.objects.filter(
        pk__in={each.program for each in readers}, periods=None
    ):
        open_period(program, now - timedelta(days=150))
    close_periods(now)
    sweep_periods(now)
    publish_waiting(now + timedelta(days=1))


def reseal(model, rows, names) -> None:
    """Write the rows anew, with a sentence in each of `names` and nothing in others."""
    found = list(rows)
    rows.delete()
    for row in found:
        for field in model._meta.concrete_fields:
            if hasattr(field, "by"):
                told = SENTENCE if field.name in names else field.get_default()
                setattr(row, field.attname, told)
    model.objects.bulk_create(found, batch_size=500)
