"""What this app says to people, as unsaved notices."""

from django.conf import settings
from django.urls import reverse

from mentorship.outbox.models import Kind, Notice

from .invitations import token_for


def _about(place, **fields) -> Notice:
    return Notice(
        recipient_id=place.user_id,
        program_id=place.cohort.program_id,
        about_kind=place._meta.label_lower,
        about_id=place.pk,
        **fields,
    )


def _names(place, **more) -> dict:
    return {
        "program": place.cohort.program.name,
        "cohort": place.cohort.name,
        "sides": place.sides,
        **more,
    }


def invitation(place, *, by, at) -> Notice:
    """The first mail: what it is, who asks, and the link to join."""
    link = reverse("participants:join", args=[token_for(place)])
    return _about(
        place,
        kind=Kind.INVITATION,
        template="participants/invitation",
        key=f"invitation:{place.pk}:{place.invitation}",
        context=_names(
            place,
            # Nobody invites themself: a link asked for again names no one.
            by="" if by.pk == place.user_id else by.name,
            path=link,
            days=settings.INVITATION_MAX_AGE_DAYS,
        ),
        due_at=at,
    )


def reminder(place, *, at) -> Notice:
    """The same link once more; at most one a day."""
    link = reverse("participants:join", args=[token_for(place)])
    return _about(
        place,
        kind=Kind.INVITATION,
        template="participants/reminder",
        key=f"reminder:{place.pk}:{place.invitation}:{at:%Y-%m-%d}",
        context=_names(place, path=link, days=settings.INVITATION_MAX_AGE_DAYS),
        due_at=at,
    )


def charter_changed(place, version, *, at) -> Notice:
    """A new version is in force and asks for agreement."""
    return _about(
        place,
        kind=Kind.ACKNOWLEDGMENT,
        template="participants/acknowledgment",
        key=f"charter:{version.pk}:{place.user_id}",
        context=_names(
            place,
            number=version.number,
            path=reverse("participants:charter", args=[place.pk]),
        ),
        due_at=at,
    )


def announcement(place, *, subject, text, by, form_id, at) -> Notice:
    """A coordinator's own words; one form reaches a person once."""
    return _about(
        place,
        kind=Kind.ANNOUNCEMENT,
        template="participants/announcement",
        key=f"announcement:{form_id}:{place.user_id}",
        context=_names(
            place, title=subject, text=text, by=by.name, reply_to=by.email, path="/"
        ),
        due_at=at,
    )
