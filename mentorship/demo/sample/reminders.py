"""What the program has said about its reminders, and who wants one mail a week."""

from datetime import time

from mentorship.accounts.models import User
from mentorship.charter.actions import keep_rhythm
from mentorship.charter.models import Cohort, Rhythm

from .story import Story

WORDS = {
    "en": {
        "subject": "Tomorrow: you and {partner}",
        "opening": "On {day} you two have planned to talk. Bring the one question "
        "that is on your mind; that is all the preparation it takes.",
    }
}


def say_when(story: Story, cohort: Cohort, one_mail: tuple[str, ...]) -> None:
    """Own words for sessions everywhere, earlier mails about steps in this cohort."""
    by: dict = {"version": 0, "by": story.coordinator}
    kinds = Rhythm.Kind
    facts: dict = {"days": 1, "at": time(8, 30), "words": WORDS}
    keep_rhythm(cohort.program, kinds.SESSION, **facts, **by)
    keep_rhythm(cohort.program, kinds.REFLECTION, is_on=True, days=3, **by)
    keep_rhythm(cohort, kinds.MILESTONE, days=5, **by)
    addresses = [f"{name}@kestrel.example" for name in one_mail]
    User.objects.filter(email__in=addresses).update(reminders_together=True)
