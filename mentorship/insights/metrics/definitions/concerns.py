"""Whether concerns are answered in time, told of whole years alone."""

from django.utils.translation import gettext_lazy as _

from .metric import Metric, Unit, Whose

FEWEST_CONCERNS = 10

METRICS = [
    Metric(
        name="concerns_in_time",
        label=_("Concerns answered in time"),
        formula=_(
            "Concerns raised in the last whole calendar year that the first person "
            "asked answered in time, which is the time to reply that the charter "
            "promises, out of all that were raised and not taken back unread. It is "
            "about that year, whatever period it is told in. There is no figure of a "
            "year with fewer than 10, and none of a year that is not over: one that "
            "moved overnight would tell that somebody raised a concern."
        ),
        unit=Unit.SHARE,
        # Counted while a period is closed (metrics.of_year); no night keeps it.
        rows="",
        value="",
        whose=Whose.PROGRAM,
        fewest=FEWEST_CONCERNS,
        only_published=True,
    ),
]
