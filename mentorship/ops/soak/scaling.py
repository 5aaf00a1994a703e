"""One, two and four senders on one outbox, and solvers on one queue of plans."""

import random
import smtplib
import time
from email.message import EmailMessage
from threading import Thread

from django.db import close_old_connections
from django.utils import timezone

from mentorship.accounts.models import AuditEntry
from mentorship.charter.models import Cohort
from mentorship.ops.bench.pairing.program import program
from mentorship.ops.bench.workbench.cohort import waiting_cohort
from mentorship.outbox.models import Notice
from pairing.actions.solving import LEASE
from pairing.actions.what_counts import in_force
from pairing.models import Proposal, Round

from .faults import Finding, fault, unmet
from .ground import Ground, ground
from .hand import hands
from .people import queue_mails

WORKERS = (1, 2, 4)


@fault(
    "S1",
    "1, 2 and 4 senders on one outbox",
    demand="0 lost, 0 repeats, whatever their number",
)
def senders(*, seed: int, short: bool) -> Finding:
    mails = 120 if short else 2000
    finding = Finding()
    for count in WORKERS:
        with ground() as site:
            site.sink.behave("slow", seconds=0.02)
            pace = pace_of_the_sink(site, count, mails // 10)
            queue_mails(mails)
            began = time.monotonic()
            with hands(site, count) as senders:
                began = time.monotonic()
                for sender in senders:
                    sender.begin("drain")
                sent = [sender.answer()["sent"] for sender in senders]
                took = time.monotonic() - began
            arrived = [mail["id"] for mail in site.sink.mails()]
            arrived = [id for id in arrived if id != PACE]
            done = Notice.objects.filter(state=Notice.State.SENT).count()
        name = f"{count} sending"
        finding.figures[name] = (
            f"{mails / took:.0f} mails/s ({pace:.0f} by the sink's own pace), "
            f"shares {min(sent)} to {max(sent)}"
        )
        finding.broken += unmet(
            {
                f"{name}: none is lost": len(set(arrived)) == mails == done,
                f"{name}: none comes twice": len(arrived) == len(set(arrived)),
                f"{name}: everyone had a share": min(sent) > 0,
            }
        )
    return finding


PACE = "<pace@soak.example>"


def pace_of_the_sink(site: Ground, lines: int, mails: int) -> float:
    """Mails a second that it takes on so many lines from somebody who does nothing
    else."""
    mail = EmailMessage()
    mail["Message-ID"], mail["Subject"] = PACE, "Pace"
    mail.set_content("A mail.\n")

    def post() -> None:
        with smtplib.SMTP("127.0.0.1", site.sink.port) as line:
            for _ in range(mails):
                line.send_message(mail, "a@soak.example", ["pace@soak.example"])

    began = time.monotonic()
    threads = [Thread(target=post) for _ in range(lines)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return lines * mails / (time.monotonic() - began)


@fault(
    "S2",
    "1, 2 and 4 solvers on one queue of plans; one is killed midway",
    demand="each plan is worked out once, none is lost",
)
def solvers(*, seed: int, short: bool) -> Finding:
    plans, people = (4, 40) if short else (16, 500)
    finding = Finding()
    for count in WORKERS:
        with ground() as site:
            queue_plans(seed, plans, people)
            with hands(site, count) as solving:
                began = time.monotonic()
                for hand in solving:
                    hand.begin("solve")
                solved = [hand.answer()["solved"] for hand in solving]
                took = time.monotonic() - began
            finding.figures[f"{count} solving"] = (
                f"{plans} plans of {people} people in {took:.1f} s, "
                f"shares {min(solved)} to {max(solved)}"
            )
            finding.broken += unmet(once_each(plans, f"{count} solving"))
            finding.broken += unmet(
                {f"{count}: no more than once": sum(solved) == plans}
            )
    with ground() as site:
        figures, demands = one_dies(site, seed, plans, people)
    finding.figures.update(figures)
    finding.broken.extend(unmet(demands))
    return finding


def queue_plans(seed: int, plans: int, people: int) -> list[Cohort]:
    """So many cohorts, each with a plan that waits for a worker."""
    cohorts = []
    for number in range(plans):
        cohort, by = waiting_cohort(
            program(seed + number, people // 2), f"{number}.soak.example"
        )
        Round.objects.create(
            cohort=cohort,
            number=1,
            state=Round.State.SOLVING,
            weights=in_force(cohort.program, by=by),
            change={"verb": "propose"},
            by=by,
        )
        cohorts.append(cohort)
    return cohorts


def once_each(plans: int, name: str) -> dict[str, bool]:
    """That every plan is there, and was handed over a single time."""
    close_old_connections()
    there = Round.objects.filter(state=Round.State.PROPOSED)
    handed_over = AuditEntry.objects.filter(verb="proposed pairs").count()
    with_pairs = Proposal.objects.values("round").distinct().count()
    return {
        f"{name}: every plan is worked out": there.count() == plans,
        f"{name}: each is handed over once": handed_over == with_pairs == plans,
    }


def one_dies(site: Ground, seed: int, plans: int, people: int):
    """Two solvers; one is killed with a plan in its hands, which the other takes over
    once its lease has run out."""
    queue_plans(seed, plans, people)
    with hands(site, 2) as (mortal, other):
        mortal.begin("solve")
        taken = Round.objects.filter(lease_until__isnull=False)
        while not taken.exists():
            time.sleep(0.001)
        time.sleep(random.Random(seed).uniform(0, 0.02))
        mortal.kill()
        left = Round.objects.filter(state=Round.State.SOLVING).count()
        held = Round.objects.abandoned(timezone.now()).count()
        first = other.do("solve")["solved"]
        after = other.do("solve", ahead=LEASE.total_seconds() + 1)["solved"]
    return {
        "left when one was killed": left,
        "taken over at once": first,
        "after its lease": after,
    }, {
        "the killed one held one plan": left - held == 1 == after,
        **once_each(plans, "one killed"),
    }
