"""What coordinators do with one place, and how a place ends."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import F

from mentorship.accounts.actions import find_or_invite
from mentorship.accounts.models import audit
from mentorship.charter.models import Cohort
from mentorship.outbox.models import Notice

from ..models import ORIENTATION, OrientationStep, Participant
from ..signals import place_withdrawn

State = Participant.State


class AlreadyInCohort(Exception):
    """The person has a place in this cohort."""


class HasLeft(Exception):
    """The place ended before."""


@transaction.atomic
def add_participant(
    cohort, *, by, at, email, given_name="", family_name="", **place
) -> Participant:
    """Give the person with this address a place; `place` holds its sides, capacity,
    function and site. Raises AlreadyInCohort or AccountIsClosed."""
    user = find_or_invite(
        email,
        by=by,
        program_id=cohort.program_id,
        given_name=given_name,
        family_name=family_name,
        zone=cohort.program.zone,
        joined_at=at,
    )
    added, is_new = Participant.objects.get_or_create(
        cohort=cohort, user=user, defaults=place
    )
    if not is_new:
        raise AlreadyInCohort
    audit("added person", added, by=by, program_id=cohort.program_id)
    return added


@transaction.atomic
def change_place(place, *, by, **changes) -> None:
    """Write the sides, capacity, function, site or way of meeting that differ."""
    before = Participant.objects.select_for_update(no_key=True).get(pk=place.pk)
    changed = {
        name: [getattr(before, name), value]
        for name, value in changes.items()
        if getattr(before, name) != value
    }
    if not changed:
        return
    Participant.objects.filter(pk=place.pk).update(
        **{name: new for name, (_old, new) in changed.items()}
    )
    audit("changed place", place, by=by, program_id=place.cohort.program_id, **changed)


@transaction.atomic
def withdraw(place, *, by, at) -> Participant:
    """End a place before its time, with everything above that hangs on it. Invitations
    stop working. Raises HasLeft."""
    # Publishing a round locks the cohort and the same row, in this order, so the two
    # never cross. Its key stays free for those who only point to it, as the log of a
    # session does.
    Cohort.objects.select_for_update(no_key=True).get(pk=place.cohort_id)
    locked = Participant.objects.select_for_update(of=("self",), no_key=True)
    place = locked.select_related("cohort__program").get(pk=place.pk)
    if place.state in (State.WITHDRAWN, State.FINISHED, State.DECLINED):
        raise HasLeft
    Participant.objects.filter(pk=place.pk).update(
        state=State.WITHDRAWN, left_at=at, invitation=F("invitation") + 1
    )
    place.refresh_from_db(fields=["state", "left_at", "invitation"])
    Notice.objects.about(place).cancel()
    audit("withdrew person", place, by=by, program_id=place.cohort.program_id)
    place_withdrawn.send(Participant, participant=place, by=by, at=at)
    return place


def finish_places(places: Iterable[UUID]) -> None:
    """These people have come to the end of their time in the cohort, and have nothing
    left to be paired for; in the caller's transaction, which holds the places."""
    joined = Participant.objects.filter(pk__in=places).joined()
    joined.update(state=State.FINISHED)


@transaction.atomic
def complete_orientation(place, *, at, steps=ORIENTATION) -> Participant:
    """Note these steps of orientation as read; the last one makes it complete."""
    place = Participant.objects.select_for_update(no_key=True).get(pk=place.pk)
    OrientationStep.objects.bulk_create(
        [OrientationStep(participant=place, slug=slug, done_at=at) for slug in steps],
        ignore_conflicts=True,
    )
    done = place.orientation_steps.filter(slug__in=ORIENTATION).count()
    if done == len(ORIENTATION) and not place.oriented_at:
        place.oriented_at = at
        place.save(update_fields=["oriented_at"])
    return place


@transaction.atomic
def waive_orientation(place, *, by, at, because) -> None:
    """Let somebody be paired without orientation, for a reason that is kept with the
    place; harmless where it is done."""
    waived = Participant.objects.filter(pk=place.pk, oriented_at=None).update(
        oriented_at=at, orientation_waived_by=by, orientation_waived_because=because
    )
    if waived:
        audit("waived orientation", place, by=by, program_id=place.cohort.program_id)
