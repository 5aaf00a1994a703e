"""Whether orientation helped, in the words of whoever took part."""

from datetime import datetime

from mentorship.accounts.acting import acting_as
from mentorship.participants.models import Participant, TrainingAnswer


def say_whether_it_helped(
    place: Participant, *, by, value: int | None, at: datetime
) -> None:
    """Keep how far orientation helped, from 1 to 5, for the author alone; None takes
    the answer back. It can be changed."""
    with acting_as(by):
        if value is None:
            TrainingAnswer.objects.filter(participant=place).delete()
        else:
            TrainingAnswer.objects.update_or_create(
                participant=place,
                defaults={"author": by, "value": value, "at": at},
            )
