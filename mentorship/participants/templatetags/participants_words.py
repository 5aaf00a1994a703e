"""Parts of a profile in words: {% load participants_words %}."""

from django import template
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from ..models import Profile

register = template.Library()


@register.filter
def hours_words(slot):
    """Hours of a usual week, as "Tue 09:00 to 12:00"."""
    return _("%(day)s %(start)s to %(end)s") % {
        "day": WEEKDAYS_ABBR[slot.weekday],
        "start": time_format(slot.starts, "H:i"),
        "end": time_format(slot.ends, "H:i"),
    }


@register.filter
def channel_words(profile):
    """The ways of meeting somebody likes, parted by commas."""
    names = {value.casefold(): label for value, label in Profile.Channel.choices}
    return ", ".join(str(names.get(c.casefold(), c)) for c in profile.channels)
