"""Stories and wins in words: the same on the report, on paper and on everybody's page.

Read as `steer`, and only while they stand: a story that is taken back or whose time is
over is not there the next time somebody looks.
"""

from dataclasses import dataclass

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from milestones.comparing import plain

from .models import PublishedStory

STEER = "steer"


@dataclass(frozen=True)
class Told:
    """A published story as it is read."""

    story: PublishedStory

    @property
    def by(self) -> str:
        """Who tells it, without a name."""
        function = self.story.function
        if self.story.side == "mentor":
            teller = _("A mentor, %(function)s") if function else _("A mentor")
        else:
            teller = _("A mentee, %(function)s") if function else _("A mentee")
        return teller % {"function": function} if function else teller

    @property
    def told(self) -> str:
        """Who told a win and who confirmed it: the other one agreed to its words."""
        if self.story.side == "mentor":
            return _("Told by a mentor, confirmed by their mentee")
        return _("Told by a mentee, confirmed by their mentor")

    @property
    def numbers(self) -> str:
        """The measure beside a win with its people, days and source; else nothing."""
        one = self.story
        if not one.measure:
            return ""
        words = _("%(measure)s, in %(unit)s: %(before)s, then %(now)s.") % {
            "measure": one.measure,
            "unit": one.unit,
            "before": said(one.before_value, one.before_people, one.before_on),
            "now": said(one.now_value, one.now_people, one.now_on),
        }
        if one.others_value is not None:
            others = said(one.others_value, one.others_people, one.others_on)
            words += " " + _("Comparable people outside: %(others)s.") % {
                "others": others
            }
        return words

    @property
    def source(self) -> str:
        """Where the numbers come from, and what they cannot show."""
        if not self.story.measure:
            return ""
        return _("Source: %(source)s. Beside it, not because of it.") % {
            "source": self.story.source
        }


def said(value, people: int | None, on) -> str:
    """A value with the number of people behind it and its day."""
    return _("%(value)s (%(people)s people, %(day)s)") % {
        "value": plain(value),
        "people": number_format(people or 0),
        "day": date_format(on, pgettext("date format", "j F Y")),
    }


def stories_of(program) -> dict[str, list[Told]]:
    """{"wins", "stories"} of a program that stand today; one query, as `steer`."""
    standing = PublishedStory.objects.using(STEER).standing(program.today())
    told = [Told(one) for one in standing.filter(program_id=program.pk)]
    return {
        "wins": [one for one in told if one.story.kind == "win"],
        "stories": [one for one in told if one.story.kind != "win"],
    }
