"""What people learned, as the coordinator says it: themes of many lessons for the last
period of the report, and one of a few lessons that is still a draft."""

from mentorship.accounts.models import User
from mentorship.insights.actions import write_theme
from mentorship.insights.models import Period, Theme
from milestones.models import SharedLesson

from .story import read_texts

A_FEW = 4


def tell(period: Period, by: User) -> None:
    """Themes that draw on all lessons shared so far."""
    *whole, _draft = read_texts("words")["themes"]
    lessons = list(SharedLesson.objects.filter(program=period.program_id))
    for text in whole:
        write_theme(Theme(period=period), by=by, text=text, lessons=lessons)


def begin(period: Period, by: User) -> None:
    """A theme that too few lessons stand behind as yet."""
    *_whole, draft = read_texts("words")["themes"]
    lessons = SharedLesson.objects.filter(program=period.program_id)[:A_FEW]
    write_theme(Theme(period=period), by=by, text=draft, lessons=lessons)
