"""What waits for one person, for a mail that says it all at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from feedback.models import CheckIn, Reflection, asked_days
from mentorship.participants.models import Participant
from mentorship.ui.templatetags.ui import day_words
from milestones.models import Milestone
from pairing.models import Pair, PilotQuestion, Session
from pairing.templatetags.pairing_panels import clock_and_zone

SOON = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """One thing in words, and the path of the page where it is done."""

    words: str
    path: str


def what_waits(user, cohort_id, now: datetime) -> list[Line]:
    """Sessions of the next week and whatever waits for the person's answer, in one of
    their cohorts; facts only, in the active language and zone. Six queries."""
    people = "mentor__user", "mentee__user"
    found = Pair.objects.of(user).running().filter(cohort=cohort_id)
    pairs = {pair.pk: pair for pair in found.select_related(*people)}
    partner = {pk: pair.partner_of(user).short_name for pk, pair in pairs.items()}
    return [
        *sessions(partner, now),
        *check_ins(partner, user, now),
        *reflections(partner, user),
        *steps(partner, user, now),
        *pilots(partner, user),
        *agreements(user, cohort_id),
    ]


def sessions(partner: dict, now: datetime) -> list[Line]:
    soon = Session.objects.planned().filter(
        pair__in=partner, starts_at__range=(now, now + SOON)
    )
    words = _("You talk with %(partner)s on %(when)s")
    return [
        Line(
            words % {"partner": partner[pair], "when": clock_and_zone(at)},
            reverse("pairing:pair", args=[pair]),
        )
        for pair, at in soon.order_by("starts_at").values_list("pair", "starts_at")
    ]


def check_ins(partner: dict, user, now: datetime) -> list[Line]:
    asked = CheckIn.objects.waiting_for(user, asked_days(user, now))
    asked = asked.filter(pair__in=partner)
    words = _("How is it going with %(partner)s? One tap")
    newest = dict(asked.order_by("asked_for").values_list("pair", "pk"))
    return [
        Line(
            words % {"partner": partner[pair]}, reverse("feedback:check_in", args=[pk])
        )
        for pair, pk in newest.items()
    ]


def reflections(partner: dict, user) -> list[Line]:
    asked = Reflection.objects.asked().of(user).filter(session__pair__in=partner)
    words = _("Look back on your session with %(partner)s on %(day)s")
    rows = asked.order_by("session__held_on").values_list(
        "session__pair", "session__held_on", "pk"
    )
    return [
        Line(
            words % {"partner": partner[pair], "day": day_words(held_on)},
            reverse("feedback:reflect", args=[pk]),
        )
        for pair, held_on, pk in rows
    ]


def steps(partner: dict, user, now: datetime) -> list[Line]:
    until = (now + SOON).astimezone(user.tz).date()
    near = Milestone.objects.filter(
        pair__in=partner, state=Milestone.State.PLANNED, due_on__lte=until
    )
    words = _("A step on your road with %(partner)s is due on %(day)s")
    return [
        Line(
            words % {"partner": partner[pair], "day": day_words(due_on)},
            reverse("milestones:milestone", args=[pk]),
        )
        for pair, due_on, pk in near.values_list("pair", "due_on", "pk")
    ]


def pilots(partner: dict, user) -> list[Line]:
    open_ = PilotQuestion.objects.of(user).filter(
        pair__in=Pair.objects.in_pilot().filter(pk__in=partner), answered_at=None
    )
    words = _("Do you and %(partner)s go on together? Your answer stays private")
    return [
        Line(words % {"partner": partner[pair]}, reverse("pairing:pilot", args=[pair]))
        for pair in open_.values_list("pair", flat=True).distinct()
    ]


def agreements(user, cohort_id) -> list[Line]:
    places = Participant.objects.of(user).joined().filter(cohort=cohort_id)
    places = places.filter(cohort__program__versions__state="in force")
    open_ = places.exclude(pk__in=Participant.objects.acknowledged().values("pk"))
    return [
        Line(
            _("Read the charter and agree"), reverse("participants:charter", args=[pk])
        )
        for pk in open_.values_list("pk", flat=True)
    ]
