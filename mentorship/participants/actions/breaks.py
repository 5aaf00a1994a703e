"""Breaks: taken and ended by the person, at any time and without penalty."""

from datetime import date, datetime, time, timedelta

from django.db import transaction

from mentorship.accounts.acting import acting_as
from mentorship.outbox.models import Notice

from ..models import Participant, Pause, PauseReason


class HasLeftAlready(Exception):
    """The place has ended, so there is nothing to pause."""


@transaction.atomic
def take_break(
    place, *, starts_on: date, ends_on: date | None, words: str = "", by, at: datetime
) -> Pause:
    """Pause a place from `starts_on` until `ends_on`, or until its person comes back;
    a break that is open or to come is changed instead. Reminders for these days are
    taken back. `words`, why, are read by nobody else. Raises HasLeftAlready."""
    place = locked_place(place)
    if place.state != Participant.State.JOINED:
        raise HasLeftAlready
    pauses = Pause.objects.filter(participant=place)
    today = place.cohort.program.today(at)
    pause = pauses.not_over_on(today).first() or Pause(participant=place, at=at)
    pause.starts_on, pause.ends_on = starts_on, ends_on
    pause.save()
    keep_reason(pause, words, by)
    forget_reminders(place, pause)
    return pause


@transaction.atomic
def come_back(place, *, by, at: datetime) -> None:
    """End a break today: from now on the person takes part as before. A break that has
    not lasted a day leaves no trace; harmless without one."""
    place = locked_place(place)
    today = place.cohort.program.today(at)
    open_ = Pause.objects.filter(participant=place).not_over_on(today)
    with acting_as(by):  # what is deleted takes its private reason along
        open_.filter(starts_on__gte=today).delete()
    open_.update(ends_on=today - timedelta(days=1))


def locked_place(place) -> Participant:
    """The place with its row locked, as pairing locks it."""
    locked = Participant.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("cohort__program").get(pk=place.pk)


def keep_reason(pause: Pause, words: str, by) -> None:
    """Keep, change or drop the private reason."""
    with acting_as(by):
        if words:
            PauseReason.objects.update_or_create(
                pause=pause, defaults={"author": by, "words": words}
            )
        else:
            PauseReason.objects.filter(pause=pause).delete()


def forget_reminders(place, pause: Pause) -> None:
    """Take back the reminders that would come during a break."""
    zone = place.cohort.program.tz
    first = datetime.combine(pause.starts_on, time(), tzinfo=zone)
    reminders = Notice.objects.reminders().filter(
        recipient=place.user_id, cohort_id=place.cohort_id, due_at__gte=first
    )
    if pause.ends_on:
        after = pause.ends_on + timedelta(days=1)
        reminders = reminders.filter(
            due_at__lt=datetime.combine(after, time(), tzinfo=zone)
        )
    reminders.cancel()
