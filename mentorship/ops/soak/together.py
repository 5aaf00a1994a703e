"""People who press the same button at once, and an import that dies."""

import csv
import io
import random
import time
from functools import partial
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from mentorship.accounts.models import User
from mentorship.charter.models import Cohort, Program, Role
from mentorship.participants.actions.imports import choose_columns, start_import
from mentorship.participants.models import Participant
from mentorship.participants.proposing import guess_columns, read_sheet
from pairing import engine
from pairing.actions import MentorIsFull, OfferIsGone, accept_offer
from pairing.actions.runs import Run, split
from pairing.actions.what_counts import in_force
from pairing.models import Pair, Proposal, Round, Session, Snapshot

from .client import Client, form_of, log_address, log_form
from .crowd import at_once
from .faults import Finding, fault, unmet
from .ground import Ground, ground
from .hand import Hand, hands
from .people import join, pairs

NOBODY = engine.Problem((), ())


@fault(
    "F14",
    "one form is sent 20 times at once",
    demand="1 row; 20 times the same good answer",
)
def double_click(*, seed: int, short: bool) -> Finding:
    rounds = 1 if short else 10
    statuses: list[int] = []
    places: set[str] = set()
    with ground(short) as site:
        site.web()
        for pair in pairs()[:rounds]:
            client = Client(site.port, pair.mentee.user)
            form = log_form(timezone.now().date(), form_id=str(uuid4()))
            tap = partial(client.post, log_address(pair), form)
            answers = at_once(*[tap] * 20)
            statuses += [answer.status for answer in answers]
            places |= {answer.location for answer in answers}
        rows = Session.objects.count()
    return Finding(
        {"forms": rounds, "answers": len(statuses), "rows": rows},
        unmet(
            {
                "one row for each form": rows == rounds,
                "every answer is the good one": set(statuses) == {302},
                "all lead to the same place": len(places) == 1,
            }
        ),
    )


@fault(
    "F15",
    "two coordinators save the same draft of a charter at once, 100 times",
    demand="100 times one is saved and one is shown both texts (409); none overwritten",
)
def two_editors(*, seed: int, short: bool) -> Finding:
    times = 5 if short else 100
    wrong, overwritten = 0, 0
    with ground(short) as site:
        site.web()
        path = reverse("charter:draft", args=[Program.objects.get().pk])
        roles = Role.objects.filter(kind=Role.Kind.COORDINATOR).select_related("user")
        editors = [Client(site.port, role.user) for role in roles]
        for time_ in range(times):
            words = [f"The words of {who}, number {time_}." for who in ("one", "two")]
            read = form_of(editors[0].get(path).text)
            acts = [
                partial(editor.post, path, {**read, "sections-priorities": said})
                for editor, said in zip(editors, words, strict=True)
            ]
            statuses = [answer.status for answer in at_once(*acts)]
            wrong += sorted(statuses) != [302, 409]
            winner = words[statuses.index(302)] if 302 in statuses else ""
            kept = form_of(editors[0].get(path).text)["sections-priorities"][0].strip()
            overwritten += kept != winner
    return Finding(
        {"times": times, "not one and one": wrong, "overwritten": overwritten},
        unmet(
            {
                "each time one 302 and one 409": wrong == 0,
                "what was saved stays": overwritten == 0,
            }
        ),
    )


@fault(
    "F16",
    "50 people accept at once: the last place of a mentor, and one mentee's offers",
    demand="exactly 1 is accepted",
)
def accepting(*, seed: int, short: bool) -> Finding:
    crowd = 20 if short else 50
    with ground(short):
        last_place = race(offers(crowd, mentors=1), "mentee")
        one_mentee = race(offers(crowd, mentors=crowd, mentees=1), "mentee")
    figures: dict[str, object] = {
        "for the last place": last_place["accepted"],
        "for one mentee": one_mentee["accepted"],
        "told that it is taken": last_place["told"] + one_mentee["told"],
        "other errors": last_place["other"] + one_mentee["other"],
    }
    return Finding(
        figures,
        unmet(
            {
                "exactly one has the last place": last_place["accepted"] == 1,
                "exactly one has the mentee": one_mentee["accepted"] == 1,
                "all others are told": figures["told that it is taken"]
                == 2 * (crowd - 1),
                "nothing else goes wrong": not figures["other errors"],
            }
        ),
    )


def offers(count: int, *, mentors: int, mentees: int = 0) -> list[Proposal]:
    """So many open offers, to which the mentor has said yes, in a cohort of its own."""
    program = Program.objects.get()
    text = program.in_force.texts.get()
    cohort = Cohort.objects.create(program=program, name=f"Offered {uuid4().hex[:6]}")
    ones = join(cohort, "mentor", mentors, text)
    others = join(cohort, "mentee", mentees or count, text)
    now, round_ = timezone.now(), an_open_round(cohort)
    return Proposal.objects.bulk_create(
        Proposal(
            round=round_,
            mentor=ones[number % mentors],
            mentee=others[number % len(others)],
            score=0.7,
            state=Proposal.State.OFFERED,
            offered_at=now,
            mentor_accepted_at=now,
        )
        for number in range(count)
    )


def an_open_round(cohort: Cohort) -> Round:
    """A round about nobody, for offers that are made by hand."""
    by = User.objects.the_program()
    run = Run(NOBODY, engine.Policy())
    snapshot, _ = Snapshot.objects.get_or_create(
        hash="0" * 64, defaults={"people": {"mentors": [], "mentees": []}}
    )
    return Round.objects.create(
        cohort=cohort,
        number=1,
        state=Round.State.PROPOSED,
        weights=in_force(cohort.program, by=by),
        snapshot=snapshot,
        inputs=split(run)[1],
        inputs_hash="0" * 64,
        result=run.solve().to_json(),
        engine_version=engine.ENGINE_VERSION,
        by=by,
    )


def race(made: list[Proposal], side: str) -> dict[str, int]:
    """All say yes at once; how many pairs came of it, and what the others were told."""
    now = timezone.now()

    def accept(offer: Proposal):
        user = getattr(offer, side).user
        return lambda: accept_offer(offer, by=user, at=now)

    results = at_once(*map(accept, made))
    told = sum(isinstance(result, MentorIsFull | OfferIsGone) for result in results)
    won = sum(isinstance(result, Pair) for result in results)
    stored = Pair.objects.filter(cohort=made[0].mentor.cohort).count()
    return {
        "accepted": max(won, stored),
        "told": told,
        "other": len(results) - told - won,
    }


@fault(
    "F26",
    "an import of 10,000 rows is killed midway, several times",
    demand="all of it or nothing; the next import finds 0 changes",
)
def import_dies(*, seed: int, short: bool) -> Finding:
    dice = random.Random(seed)
    rows, kills = (400, 3) if short else (10_000, 5)
    with ground(short) as site:
        cohort = Cohort.objects.get()
        longest = seconds_of_an_import(site, cohort, rows)
        before = Participant.objects.filter(cohort=cohort).count()
        waiting = an_import(cohort, rows)
        there = []
        for _ in range(kills):
            kill_midway(site, waiting.pk, dice.uniform(0.05, 0.9) * longest)
            there.append(Participant.objects.filter(cohort=cohort).count() - before)
        with hands(site) as (hand,):
            first = whole(hand, waiting)
            again = hand.do("import_roster", id=str(an_import(cohort, rows).pk))
        have = Participant.objects.filter(cohort=cohort).count() - before
    changes = changes_in(again)
    figures = {
        "rows": rows,
        "there after each kill": there,
        "first whole run": first,
        "changed by the next run": changes,
    }
    demands = {
        "a kill came midway": 0 in there,
        "never a half": set(there) <= {0, rows},
        "all rows are there at last": have == rows,
        "the next import changes nothing": changes == 0,
    }
    return Finding(figures, unmet(demands))


def changes_in(answer: dict) -> int | None:
    """How many rows an import made, changed or failed at; None if it did not end."""
    counts = answer.get("counts")
    words = "created", "updated", "failed"
    return sum(counts.get(word, 0) for word in words) if counts else None


def whole(hand: Hand, waiting) -> str:
    """Let an import run to its end, unless one that was killed had ended before."""
    waiting.refresh_from_db()
    if waiting.state != waiting.State.DRAFT:
        return "was through before the kill"
    answer = hand.do("import_roster", id=str(waiting.pk))
    return (
        f"{answer['counts']['created']} created" if "counts" in answer else str(answer)
    )


def seconds_of_an_import(site: Ground, cohort: Cohort, rows: int) -> float:
    """How long it takes to import as many other people."""
    with hands(site) as (hand,):
        waiting = an_import(cohort, rows, name="other")
        began = time.monotonic()
        hand.do("import_roster", id=str(waiting.pk))
        return time.monotonic() - began


def an_import(cohort: Cohort, rows: int, name: str = "new"):
    """A roster that is uploaded, with every column guessed."""
    by = Role.objects.select_related("user").first().user
    waiting = start_import(
        cohort=cohort, by=by, file_name="r.csv", content=roster(rows, name)
    )
    sheet = read_sheet(waiting)
    guesses = guess_columns(sheet.rows[0])
    chosen = {column: name for column, (name, _how) in guesses.items()}
    choose_columns(import_=waiting, sheet=sheet, chosen=chosen)
    return waiting


def roster(rows: int, name: str) -> bytes:
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["Email", "First name", "Last name", "Role"])
    for number in range(rows):
        side = "mentor" if number % 3 == 0 else "mentee"
        table.writerow(
            [f"{name}{number}@soak.example", f"{name}{number}", "Person", side]
        )
    return out.getvalue().encode()


def kill_midway(site: Ground, id, after: float) -> None:
    hand = Hand(site)
    hand.begin("import_roster", id=str(id))
    time.sleep(after)
    hand.kill()
    # The server ends what a dead client had begun once it writes to it.
    while site.ask(
        "select 1 from pg_stat_activity where usename = 'web' and state <> 'idle'"
        " and pid <> pg_backend_pid() and backend_type = 'client backend'"
    ):
        time.sleep(0.05)
