"""What every part of the telling shares: the clock, the dice and the texts."""

import csv
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from django.db.models.signals import pre_save

from mentorship.accounts.models import AuditEntry, User
from mentorship.participants.models import Import

HERE = Path(__file__).parent
ZONE = ZoneInfo("Europe/Berlin")


def read_texts(name: str) -> dict:
    """A file of texts/ as a dict."""
    with open(HERE / "texts" / f"{name}.toml", "rb") as file:
        return tomllib.load(file)


def read_people(name: str) -> list[dict]:
    """The rows of a file of rosters/."""
    with open(HERE / "rosters" / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass
class Story:
    """The telling of one program: it ends `now`, and has come to `moment`. `led_by` is
    the first part of the coordinator's address."""

    now: datetime
    led_by: str = "ingrid.solheim"

    def __post_init__(self) -> None:
        self.moment = self.now
        self.mentees = read_texts("mentees")
        self.mentors = read_texts("mentors")
        self.words = read_texts("words")

    @property
    def today(self) -> date:
        return self.now.astimezone(ZONE).date()

    @cached_property
    def coordinator(self) -> User:
        return User.objects.get(email=f"{self.led_by}@kestrel.example")

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """Go to this wall time, but never beyond now; audit entries get it too."""
        wanted = datetime.combine(day, time(hour, minute), tzinfo=ZONE)
        self.moment = min(wanted, self.now)
        return self.moment

    @staticmethod
    def at_wall(day: date, hour: int, zone: ZoneInfo) -> datetime:
        """A wall time somewhere, without going there."""
        return datetime.combine(day, time(hour), tzinfo=zone)

    def dice(self, *about: object) -> Random:
        """Dice that fall the same for the same thing, whatever was rolled before."""
        return Random("/".join(map(str, about)))

    @contextmanager
    def dating(self) -> Iterator[None]:
        """Let what dates itself by the real clock carry the story's time."""

        def date_it(instance, **kwargs):
            if instance._state.adding:
                instance.at = self.moment

        for model in (AuditEntry, Import):
            pre_save.connect(date_it, sender=model)
        try:
            yield
        finally:
            for model in (AuditEntry, Import):
                pre_save.disconnect(date_it, sender=model)


def local_part(user: User | None) -> str:
    """The first part of somebody's address, by which the texts know them."""
    return user.email.partition("@")[0]
