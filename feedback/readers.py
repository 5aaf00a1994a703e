"""Who can be asked to read a concern: the people of the charter's escalation path.

Somebody who is or was in a pair with the raiser is passed over, and so is the raiser.
The same is done by `climb_concerns` in the database, where the night has no user.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from mentorship.accounts.models import User
from mentorship.charter.models import CharterVersion, EscalationStep, Program, Role
from mentorship.charter.models.version import weekdays
from pairing.models import Pair


@dataclass(frozen=True)
class Reader:
    """One person to turn to, what they are, and how soon they answer."""

    program: Program
    user: User
    title: str
    step: int
    days: int
    working_days: tuple[int, ...]

    @property
    def value(self) -> str:
        return f"{self.program.pk}:{self.user.pk}"

    def reply_by(self, at: datetime) -> datetime:
        """The end of the last working day on which an answer is in time."""
        return end_of_working_day(
            at.astimezone(self.program.tz), self.days, self.working_days
        )


def end_of_working_day(local: datetime, days: int, working_days) -> datetime:
    """The last second of the n-th working day after `local`, on the same clock."""
    day = local.date()
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() in working_days
    return datetime.combine(day, time(23, 59, 59), tzinfo=local.tzinfo)


def readers_for(user) -> list[Reader]:
    """Everybody this person can turn to, by program and in the order of the path."""
    not_them = {user.pk, *partners_of(user)}
    return [
        reader for program in programs_of(user) for reader in path_of(program, not_them)
    ]


def programs_of(user) -> list[Program]:
    """Where the person takes part or has a role, with the path and the coordinators."""
    steps = EscalationStep.objects.select_related("owner")
    versions = CharterVersion.objects.in_force().prefetch_related(
        Prefetch("escalation", steps)
    )
    coordinators = Role.objects.filter(kind=Role.Kind.COORDINATOR)
    mine = Q(cohorts__participants__user=user) | Q(roles__user=user)
    return list(
        Program.objects.filter(mine)
        .distinct()
        .prefetch_related(
            Prefetch("versions", versions, to_attr="charters"),
            Prefetch("roles", coordinators.select_related("user"), to_attr="leads"),
        )
    )


def partners_of(user) -> set:
    """Everybody this person is or was in a pair with."""
    pairs = Pair.objects.of(user).values_list("mentor__user", "mentee__user")
    return {person for pair in pairs for person in pair if person}


def path_of(program, not_them):
    """The named people of the path, each at their first step; where it names nobody
    who could read this, the program's coordinators."""
    charter = next(iter(program.charters), None)
    steps = charter.escalation.all() if charter else []
    named = [(step.owner, step.title, step.position, step.reply_days) for step in steps]
    days = charter.concern_reply_days if charter else 1
    working = tuple(charter.working_days if charter else weekdays())
    leads = [(role.user, _("Coordinator"), 0, days) for role in program.leads]
    return distinct(program, named, not_them, working) or distinct(
        program, leads, not_them, working
    )


def distinct(program, people, not_them, working) -> list[Reader]:
    found: dict = {}
    for user, title, step, days in people:
        if user and user.is_active and user.pk not in not_them:
            found.setdefault(user.pk, Reader(program, user, title, step, days, working))
    return list(found.values())
