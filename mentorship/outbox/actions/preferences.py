"""What a person wants to hear of, how, and how often."""

from datetime import datetime

from django.db import transaction

from ..models import Channel, Kind, Preference

CHOSEN = (Channel.EMAIL, Channel.APP)


@transaction.atomic
def choose(
    user, wanted: list[str], *, at: datetime, channel: str = Channel.EMAIL
) -> None:
    """Keep which kinds of notice a person wants in this way; every other optional kind
    is off."""
    Preference.objects.keep(
        [
            Preference(
                user=user,
                kind=kind,
                channel=channel,
                wanted=kind in wanted,
                changed_at=at,
            )
            for kind in Kind.optional()
        ]
    )


def limit(user, reminders_a_week: int | None) -> None:
    """Keep a person's own most reminders a week; None leaves it to the charter."""
    user.reminders_a_week = reminders_a_week
    user.save(update_fields=["reminders_a_week"])


def turn_off(user, kind: str, *, at: datetime) -> None:
    """Send a person no more mail of this kind, from now on."""
    off = Preference(user=user, kind=kind, wanted=False, changed_at=at)
    Preference.objects.keep([off])
