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
IN_SHORT = (2,)


@fault(
    "S1",
    "1, 2 and 4 senders on one outbox",
    demand="0 lost, 0 repeats, whatever their number",
)
def senders(*, seed: int, short: bool) -> Finding:
    finding = Finding()
    for count in IN_SHORT if short else WORKERS:
        with ground(short) as site:
            figure, demands = send(site, count, 120 if short else 2000)
        finding.figures[f"{count} sending"] = figure
        broken = [f"{count} sending: {words}" for words in unmet(demands)]
        finding.broken.extend(broken)
    return finding


def send(site: Ground, count: int, mails: int):
    """Let so many senders deliver so many mails together."""
    site.sink.behave("slow", seconds=0.02)
    pace = pace_of_the_sink(site, count, mails // 10)
    queue_mails(mails)
    with hands(site, count) as senders:
        began = time.monotonic()
        for sender in senders:
            sender.begin("drain")
        sent = [sender.answer()["sent"] for sender in senders]
        took = time.monotonic() - began
    arrived = [mail["id"] for mail in site.sink.mails() if mail["id"] != PACE]
    done = Notice.objects.filter(state=Notice.State.SENT).count()
    figure = (
        f"{mails / took:.0f} mails/s ({pace:.0f} by the sink's own pace), "
        f"shares {min(sent)} to {max(sent)}"
    )
    return figure, {
        "none is lost": len(set(arrived)) == mails == done,
        "none comes twice": len(arrived) == len(set(arrived)),
        "everyone had a share": min(sent) > 0,
    }


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
    plans, people = (3, 40) if short else (16, 500)
    finding = Finding()
    for count in (*(IN_SHORT if short else WORKERS), 0):
        with ground(short) as site:
            queue_plans(seed, plans, people)
            if count:
                figures, demands = solve(site, count, plans)
            else:
                figures, demands = one_dies(site, seed)
            demands |= each_once(plans)
        finding.figures.update(figures)
        name = f"{count} solving" if count else "one is killed"
        finding.broken.extend(f"{name}: {words}" for words in unmet(demands))
    finding.figures["plans"] = f"{plans} of {people} people each"
    return finding


def solve(site: Ground, count: int, plans: int):
    """Let so many solvers work on the queue together."""
    with hands(site, count) as solvers:
        began = time.monotonic()
        for hand in solvers:
            hand.begin("solve")
        solved = [hand.answer()["solved"] for hand in solvers]
        took = time.monotonic() - began
    figure = f"{took:.1f} s, shares {min(solved)} to {max(solved)}"
    return {f"{count} solving": figure}, {"nobody works in vain": sum(solved) == plans}


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


def each_once(plans: int) -> dict[str, bool]:
    """That every plan is there, and was handed over a single time."""
    close_old_connections()
    there = Round.objects.filter(state=Round.State.PROPOSED).count()
    handed_over = AuditEntry.objects.filter(verb="proposed pairs").count()
    with_pairs = Proposal.objects.values("round").distinct().count()
    return {
        "every plan is worked out": there == plans,
        "each is handed over once": handed_over == with_pairs == plans,
    }


def one_dies(site: Ground, seed: int):
    """Two solvers; one is killed with a plan in its hands, which the other takes over
    once its lease has run out."""
    with hands(site, 2) as (mortal, other):
        mortal.begin("solve")
        taken = Round.objects.filter(lease_until__isnull=False)
        while not taken.exists():
            time.sleep(0.001)
        time.sleep(random.Random(seed).uniform(0, 0.01))
        mortal.kill()
        left = Round.objects.filter(state=Round.State.SOLVING).count()
        held = left - Round.objects.abandoned(timezone.now()).count()
        first = other.do("solve")["solved"]
        after = other.do("solve", ahead=LEASE.total_seconds() + 1)["solved"]
    figure = f"{left} left, {first} taken over at once, {after} after its lease"
    return {"one is killed": figure}, {"it held one plan": held == 1 == after}
