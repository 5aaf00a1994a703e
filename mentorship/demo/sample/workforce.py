"""How many people Kestrel Health has, where those of the program come from."""

from datetime import date

from mentorship.insights.actions import import_totals
from mentorship.insights.models import WorkforceTotal

from .story import Story

# Sales has too few people in the program to say anything.
WORKFORCE = {
    "function": {
        "Engineering": 410,
        "Finance": 96,
        "Nursing": 1240,
        "Operations": 385,
        "Research": 162,
        "Sales": 118,
    },
    "site": {
        "Bengaluru": 290,
        "Hamburg": 980,
        "Lisbon": 340,
        "Nairobi": 265,
        "Toronto": 310,
        "Warsaw": 720,
    },
}


def count_workforce(story: Story, program, on: date) -> None:
    """The coordinator imported the totals once."""
    totals = [
        WorkforceTotal(kind=kind, name=name, people=people)
        for kind, names in WORKFORCE.items()
        for name, people in names.items()
    ]
    at = story.at(on, 10)
    import_totals(program, totals, counted_on=on, by=story.coordinator, at=at)
