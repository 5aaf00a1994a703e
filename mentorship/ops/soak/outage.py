"""What becomes of reminders after a day on which nothing was sent."""

import random
import time
from collections import Counter
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from mentorship.accounts.models import User
from mentorship.outbox.models import Kind, Notice

from .faults import Finding, fault, unmet
from .ground import Ground, ground
from .hand import hands
from .people import people

CAP = 20  # mails a second
KINDS = (Kind.CHECK_IN, Kind.MILESTONE, Kind.REFLECTION)
MANY = 2  # reminders that still come one by one

Skipped, State = Notice.Skipped, Notice.State
REACHED = Q(state=State.SENT) | Q(
    skipped_because=Skipped.FOLDED, folded_into__state=State.SENT
)


@fault(
    "F4",
    "beat stands still for 24 hours",
    demand="0 lost that still have time; late ones skipped, and it says so; one mail "
    "to whoever has more than two waiting; no faster than the cap",
)
def a_day_without_beat(*, seed: int, short: bool) -> Finding:
    count, now = 40 if short else 400, timezone.now()
    with ground(short) as site:
        readers = people("reader", count)
        Notice.objects.queue(overdue(readers, now, random.Random(seed)))
        late = Notice.objects.filter(not_after__lt=now)
        late_ids = set(late.values_list("pk", flat=True))
        waiting = waiting_of(now)
        with hands(site, MAIL_PER_SECOND=str(CAP)) as (hand,):
            began = time.time()
            while hand.do("sweep").get("sent"):
                pass
        return told(site, late_ids, waiting, began)


def overdue(readers: list[User], now: datetime, dice: random.Random) -> list[Notice]:
    """One to five reminders for each, due at some time of the last day; every sixth has
    no time left."""
    words = {"title": "Tried", "text": "A mail.", "by": "Kestrel"}
    return [
        Notice(
            recipient=reader,
            kind=KINDS[number % len(KINDS)],
            template="participants/announcement",
            context=words,
            key=f"overdue:{reader.email}:{number}",
            due_at=now - timedelta(minutes=dice.randint(40, 24 * 60)),
            not_after=now + timedelta(hours=-1 if dice.random() < 1 / 6 else 12),
        )
        for place, reader in enumerate(readers)
        for number in range(1 + place % 5)
    ]


def waiting_of(now: datetime) -> Counter:
    """{address: how many reminders that still have time}."""
    in_time = Notice.objects.filter(not_after__gte=now)
    return Counter(in_time.values_list("recipient__email", flat=True))


def told(site: Ground, late_ids: set, waiting: Counter, began: float) -> Finding:
    """Compare what arrived with what each reader had waiting."""
    planned = Notice.objects.filter(key__startswith="overdue:")
    in_time, late = planned.exclude(pk__in=late_ids), planned.filter(pk__in=late_ids)
    lost = in_time.exclude(REACHED).count()
    skipped = late.filter(skipped_because=Skipped.LATE).count()
    mails = Counter(mail["to"] for mail in site.sink.mails())
    due = {to: n if n <= MANY else 1 for to, n in waiting.items()}
    times = [mail["at"] for mail in site.sink.mails()]
    # Not from the first arrival: making the first mail takes longest, and its pace
    # counts from when it was taken.
    seconds = max(times) - began
    figures = {
        "reminders": planned.count(),
        "with no time left": len(late_ids),
        "of these skipped as late": skipped,
        "people": len(waiting),
        "mails": len(times),
        "lost": lost,
        "mails a second": round(len(times) / (seconds + 1), 1),
    }
    demands = {
        "none that has time is lost": lost == 0,
        "late ones are skipped, and it says why": skipped == len(late_ids) > 0,
        "more than two waiting come as one mail": mails == Counter(due),
        # A second's worth may go at once.
        f"no more than {CAP} a second": len(times) <= CAP * (seconds + 1) + 1,
    }
    return Finding(figures, unmet(demands))
