"""A mailbox that is gone: two mails to one person came back this week."""

from datetime import datetime, timedelta

from mentorship.accounts.models import User
from mentorship.demo.people import PEOPLE
from mentorship.outbox.actions.bounces import note_bounce
from mentorship.outbox.letter import message_id
from mentorship.outbox.models import Bounce, Notice

REFUSED = "550 5.1.1 No mailbox of this name here"


def tell(now: datetime) -> None:
    """The two newest mails to somebody nobody plays in the demo came back."""
    played = [email for _label, email in PEOPLE.values()]
    sent = Notice.objects.filter(state=Notice.State.SENT, recipient__isnull=False)
    newest = sent.exclude(recipient__email__in=played).order_by("-sent_at").first()
    if newest is None:
        return
    reader = User.objects.get(pk=newest.recipient_id)
    for notice in sent.filter(recipient=reader).order_by("-sent_at")[:2]:
        come_back(notice, reader, at=now - timedelta(days=2))


def come_back(notice: Notice, reader: User, *, at: datetime) -> None:
    """The mail server refused this mail for good."""
    message = message_id(notice)
    weight = Bounce.Weight.HARD
    note_bounce(reader, message=message, weight=weight, words=REFUSED, at=at)
    notice.state, notice.sent_at = Notice.State.DEAD, None
    notice.trouble, notice.last_error = Notice.Trouble.ADDRESS, REFUSED
    notice.save()
