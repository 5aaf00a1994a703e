"""Published figures in mails: {% load report_rows %}."""

from uuid import UUID

from django import template

from mentorship.insights.models import PublishedPeriod
from mentorship.insights.report import STEER, rows_of, sentences
from mentorship.insights.themes import themes_of

register = template.Library()


@register.simple_tag
def published(period: str) -> dict:
    """The narrative, the sentences, the figures about everybody and the themes of a
    period, from the published rows; three queries."""
    found = PublishedPeriod.objects.using(STEER).get(pk=UUID(period))
    rows = rows_of(found)
    return {
        "narrative": found.narrative,
        "sentences": sentences(rows),
        "themes": themes_of(found),
        "rows": [row for row in rows if row.is_whole and (row.year or not row.about)],
    }
