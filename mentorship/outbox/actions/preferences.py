"""What a person wants to hear of, in which way, and how often."""

from datetime import datetime

from django.db import transaction

from ..models import Channel, Kind, Preference


@transaction.atomic
def choose(
    user, *, wanted: list[str], shown: list[str], most: int | None, at: datetime
) -> None:
    """Keep which kinds of notice a person wants by mail (`wanted`) and on the site
    (`shown`); every other optional kind is off. `most` is their own limit of reminders
    a week; None leaves it to the charter."""
    Preference.objects.keep(
        [
            Preference(
                user=user,
                kind=kind,
                channel=channel,
                wanted=kind in chosen,
                changed_at=at,
            )
            for channel, chosen in ((Channel.EMAIL, wanted), (Channel.APP, shown))
            for kind in Kind.optional()
        ]
    )
    user.reminders_a_week = most
    user.save(update_fields=["reminders_a_week"])


def turn_off(user, kind: str, *, at: datetime) -> None:
    """Send a person no more mail of this kind, from now on."""
    off = Preference(user=user, kind=kind, wanted=False, changed_at=at)
    Preference.objects.keep([off])
