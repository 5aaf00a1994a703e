"""From a name on a list to somebody who takes part."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from mentorship.accounts.models import audit
from mentorship.outbox.models import Notice

from ..models import Participant
from ..notices import announcement, invitation, reminder

State = Participant.State

# A second click, or a second request for a new link, sends nothing.
JUST_NOW = timedelta(minutes=10)
A_DAY = timedelta(days=1)
A_WEEK = timedelta(days=7)


class CharterIsMissing(Exception):
    """No charter is in force: there is nothing yet that people could agree to."""


class InvitationIsUsed(Exception):
    """The link was used, replaced by a newer one, or the place is gone."""


@transaction.atomic
def invite(places, *, by, at) -> int:
    """Queue a link that works once to every place of the queryset, all of one cohort,
    that has not joined; links sent before stop working. Returns how many people;
    raises CharterIsMissing."""
    chosen = _locked(places.invitable().exclude(invited_at__gt=at - JUST_NOW))
    if not chosen:
        return 0
    cohort = chosen[0].cohort
    if not cohort.program.in_force:
        raise CharterIsMissing
    Participant.objects.filter(pk__in=[place.pk for place in chosen]).update(
        state=State.INVITED, invited_at=at, invitation=F("invitation") + 1
    )
    _notices_about(chosen).cancel()
    for place in chosen:
        place.invitation += 1
    Notice.objects.queue([invitation(place, by=by, at=at) for place in chosen])
    _audit("invited people", cohort, chosen, by=by)
    return len(chosen)


@transaction.atomic
def remind(places, *, by, at) -> int:
    """Queue the link once more to those of the queryset, all of one cohort, who have
    not answered for a day, and never more often than the charter says. Returns how
    many people."""
    waiting = places.unanswered().filter(invited_at__lte=at - A_DAY)
    first = waiting.select_related("cohort__program").first()
    if not first:
        return 0
    most = first.cohort.program.in_force.reminders_a_week
    chosen = _locked(
        waiting.alias(
            today=_reminders(since=at - A_DAY), this_week=_reminders(since=at - A_WEEK)
        ).filter(today=0, this_week__lt=most)
    )
    Notice.objects.queue([reminder(place, at=at) for place in chosen])
    if chosen:
        _audit("reminded people", first.cohort, chosen, by=by)
    return len(chosen)


@transaction.atomic
def accept_invitation(place, *, number, at, password=None) -> Participant:
    """Join by the link with this number, and set the password if one is given.

    Whoever followed the link reads the mailbox, so the address counts as verified.
    Raises InvitationIsUsed; of two clicks at once one wins.
    """
    # Columns of this row only: a join would not be looked at again after waiting for
    # the other click, and both would win.
    invited = Participant.objects.filter(
        pk=place.pk, invitation=number, state=State.INVITED
    )
    if not invited.update(
        state=State.JOINED, joined_at=at, invitation=F("invitation") + 1
    ):
        raise InvitationIsUsed
    place.refresh_from_db(fields=["state", "joined_at", "invitation"])
    if password:
        place.user.set_password(password)
        place.user.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(
        user=place.user,
        email=place.user.email,
        defaults={"verified": True, "primary": True},
    )
    _notices_about([place]).cancel()
    return place


@transaction.atomic
def write_to(places, *, subject, text, by, form_id, at) -> int:
    """Queue a coordinator's own words to every place of the queryset, all of one
    cohort, that takes part; the same form is sent once. Returns how many people."""
    chosen = list(
        places.taking_part()
        .filter(user__is_active=True)
        .select_related("user", "cohort__program")
    )
    Notice.objects.queue(
        [
            announcement(
                place, subject=subject, text=text, by=by, form_id=form_id, at=at
            )
            for place in chosen
        ]
    )
    if chosen:
        _audit("wrote to people", chosen[0].cohort, chosen, by=by)
    return len(chosen)


def _locked(places) -> list[Participant]:
    """The places with their rows locked, in an order that cannot deadlock."""
    return list(
        places.select_related("user", "cohort__program")
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True)
    )


def _notices_about(places):
    return Notice.objects.filter(
        about_kind=Participant._meta.label_lower,
        about_id__in=[place.pk for place in places],
        template__in=["participants/invitation", "participants/reminder"],
    )


def _reminders(*, since):
    """How many reminders a place got since a moment, as an expression."""
    sent = Notice.objects.filter(
        about_kind=Participant._meta.label_lower,
        about_id=OuterRef("pk"),
        template="participants/reminder",
        due_at__gt=since,
    ).exclude(state=Notice.State.CANCELED)
    counted = sent.order_by().values("about_id").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _audit(verb, cohort, places, *, by):
    audit(
        verb,
        cohort,
        by=by,
        program_id=cohort.program_id,
        places=[str(place.pk) for place in places],
    )
