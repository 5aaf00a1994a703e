"""Concerns of a year, so many of them answered late."""

from datetime import UTC, datetime, timedelta

from feedback.models import Concern, ConcernOwner
from mentorship.accounts.acting import acting_as
from mentorship.accounts.models import User
from tests import factories as make


def concerns(program, number, *, late=0, climbed=0, unread=0, year=2025) -> User:
    """`late` after the promised time, `climbed` by somebody brought in after the first,
    `unread` taken back before anybody answered; returns who raised them."""
    raiser, reader = make.UserFactory(), make.UserFactory()
    raised = datetime(year, 5, 4, 9, tzinfo=UTC)
    with acting_as(raiser):
        for n in range(number):
            answered = raised + timedelta(hours=30 if n < late else 3)
            state = {"state": "acknowledged", "acknowledged_at": answered}
            if n >= number - unread:
                state = {"state": "withdrawn", "closed_at": answered}
            concern = Concern.objects.create(
                program=program,
                raiser=raiser,
                step=0,
                raised_at=raised,
                reply_by=raised + timedelta(hours=24),
                **state,
            )
            was_late = late <= n < late + climbed
            since = raised + timedelta(hours=25) if was_late else raised
            ConcernOwner.objects.create(
                concern=concern, user=reader, step=0, since=since
            )
    return raiser
