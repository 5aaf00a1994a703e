"""What this app does when something happens in the apps below."""

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentorship.accounts.prepared import prepared
from mentorship.charter.models import Cohort, Role
from mentorship.charter.signals import (
    looking_for_blockers,
    looking_for_role_warnings,
)
from mentorship.charter.stages import Blocker
from mentorship.participants.signals import place_withdrawn

from .actions import free_the_place
from .models import Pair

Stage = Cohort.Stage


@receiver(place_withdrawn)
def end_what_the_person_was_part_of(sender, participant, by, at, **kwargs) -> None:
    """Somebody left: their offers are dropped and their running pairs end."""
    free_the_place(participant, by=by, at=at)


@receiver(looking_for_role_warnings)
def a_lone_coordinator_has_a_pair(sender, program, **kwargs) -> list[str]:
    """For one's own pair another coordinator must act; here there is none."""
    roles = program.roles.filter(kind=Role.Kind.COORDINATOR)
    lone = list(roles.select_related("user")[:2])
    if len(lone) != 1:
        return []
    pairs = Pair.objects.filter(cohort__program=program).running()
    if not pairs.of(lone[0].user).exists():
        return []
    words = _(
        "%(name)s is in a pair of this program and coordinates it alone. If that pair "
        "needs help, nobody else can act: add a second coordinator."
    )
    return [words % {"name": lone[0].user.name}]


@receiver(looking_for_blockers)
def pairs_stand_in_the_way(sender, cohort, stage, **kwargs) -> list[Blocker]:
    """What the cohort's pairs still ask for before it enters a stage."""
    look = LOOKS.get(stage)
    words = look(Pair.objects.filter(cohort=cohort), cohort) if look else ""
    page = "workbench" if stage == Stage.PILOT else "pairs"
    url = reverse(f"pairing:{page}", args=[cohort.pk])
    return [Blocker(words, url)] if words else []


def none_yet(pairs, cohort) -> str:
    if any_pair(cohort):
        return ""
    return _("No pair has been published and accepted yet.")


def undecided(pairs, cohort) -> str:
    """A pilot that is not decided holds the cohort until the pilot's day is past."""
    if cohort.active_on and cohort.program.today() >= cohort.active_on:
        return ""
    n = pairs.in_pilot().count()
    words = ngettext(
        "%(n)d pair has not decided about its pilot yet.",
        "%(n)d pairs have not decided about their pilots yet.",
        n,
    )
    return words % {"n": n} if n else ""


def still_running(pairs, cohort) -> str:
    n = pairs.running().count()
    words = ngettext(
        "%(n)d pair is still running.", "%(n)d pairs are still running.", n
    )
    return words % {"n": n} if n else ""


def begun_already(pairs, cohort) -> str:
    return _("There are pairs already.") if any_pair(cohort) else ""


@prepared
def any_pair(cohort):
    return Pair.objects.filter(cohort=cohort).order_by().values("pk")[:1]


LOOKS = {
    Stage.CHARTER: begun_already,
    Stage.ONBOARDING: begun_already,
    Stage.PILOT: none_yet,
    Stage.ACTIVE: undecided,
    Stage.ALUMNI: still_running,
}
