"""Telling people what they can say before they are paired, and when time runs out."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from mentorship.charter.models import Cohort
from mentorship.outbox.models import Notice
from mentorship.participants.models import Participant
from pairing import notices, openness
from pairing.models import Proposal, Wish

REMIND_BEFORE = timedelta(days=2)
TEMPLATES = ["pairing/say_open", "pairing/say_reminder"]


@transaction.atomic
def ask_for_wishes(now: datetime) -> int:
    """Tell everyone in a cohort that is being paired what they can say and until when,
    and remind mentees who have ranked nobody two days before. What has become pointless
    is taken back. Returns how many were meant; safe to repeat."""
    pairing = Cohort.objects.filter(stage=Cohort.Stage.PAIRING)
    wanted = [
        notice
        for cohort in pairing.select_related("program")
        for notice in due_to(cohort, now)
    ]
    keys = [notice.key for notice in wanted]
    ours = Notice.objects.filter(template__in=TEMPLATES)
    ours.exclude(key__in=keys).cancel()
    Notice.objects.queue(wanted)
    # Somebody is back from a break, or free again, before the words went out.
    again = ours.filter(key__in=keys, state=Notice.State.CANCELED)
    again.update(state=Notice.State.PENDING, due_at=now)
    return len(wanted)


def due_to(cohort: Cohort, now: datetime) -> list[Notice]:
    """What the people of one cohort are to hear by `now`."""
    today, until = cohort.program.today(now), cohort.wishes_until
    if until and today > until:
        return []
    here = who_can_say(cohort, today)
    found = notices.say_opened(here, at=now)
    if until and today >= until - REMIND_BEFORE:
        wishes = Wish.objects.filter(mentee=OuterRef("pk"))
        silent = here.mentees().filter(~Exists(wishes))
        found += notices.say_reminders(silent, at=now)
    return found


def who_can_say(cohort: Cohort, today):
    """Ready people who wait: mentees without a mentor or an offer, mentors with room,
    and nobody on a break."""
    places = Participant.objects.filter(cohort=cohort, user__is_active=True).ready()
    waits = Q(is_mentee=True, has_mentor=False)
    has_room = Q(is_mentor=True, taken__lt=F("capacity"))
    found = openness.with_pairing(places, today).filter(
        waits | has_room, on_break=False
    )
    return found.select_related("user", "cohort__program")


def forget_asking(offers: Iterable[Proposal]) -> None:
    """Somebody is proposed to these mentees: wishes would come too late."""
    mentees = [offer.mentee_id for offer in offers]
    Notice.objects.filter(template__in=TEMPLATES, about_id__in=mentees).cancel()
