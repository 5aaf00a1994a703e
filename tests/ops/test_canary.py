"""A word that only a pair or its writer may read is nowhere else after the night."""

import logging
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from feedback.actions import (
    answer_invitation,
    ask_feedback,
    give_feedback,
    invite_observer,
    observe_oneself,
)
from mentorship.celery import app as celery
from mentorship.home.actions import hold_review
from mentorship.ops import night
from mentorship.outbox import actions as outbox
from mentorship.participants.actions import take_break
from pairing.actions import agree, decline_offer, keep_file, propose_agreement
from pairing.uploads import Accepted
from tests import factories as make
from tests.insights.dump import dump_all
from tests.insights.scene import AFTER, BEFORE, a_spring, meet
from tests.private import private_models, write_everything

CANARY = "kanarienvogel"
pytestmark = pytest.mark.django_db(
    transaction=True, databases=["default", "publisher", "steer"]
)
# Where a private word lies as it was written: a choice from a list, to be counted.
COUNTED = {"public.participants_selfdeclared"}


@pytest.fixture
def queued(monkeypatch):
    """Everything that is handed to the broker."""
    sent = []
    monkeypatch.setattr(
        celery, "send_task", lambda *args, **options: sent.append((args, options))
    )
    return sent


def say_it_by_acting(pair):
    """Private words as people write them, through the actions of every part."""
    make.a_concern(
        pair, to=make.RoleFactory(program=pair.cohort.program).user, text=CANARY
    )
    see_growth(pair)
    say_it_together(pair)
    say_why(pair)


def see_growth(pair):
    """What each told the other, and what somebody and a colleague saw of them."""
    for by, giver in ((pair.mentee, pair.mentor), (pair.mentor, pair.mentee)):
        asked = ask_feedback(pair, by=by.user, at=BEFORE)
        give_feedback(
            asked,
            by=giver.user,
            at=BEFORE,
            strength=CANARY,
            suggestion=CANARY,
            next_step=CANARY,
        )
    seen = {"seen": 2, "example": CANARY, "at": BEFORE}
    observe_oneself(pair.mentee, by=pair.mentee.user, behavior="Asks first", **seen)
    token = invite_observer(pair.mentee, whom="peer", behavior="Asks first", at=BEFORE)
    answer_invitation(token, **seen)


def say_it_together(pair):
    """What two people agree, and what they see half-way."""
    user = pair.mentee.user
    facts = {"rhythm_days": 14, "minutes": 45, "channels": ["video"], "books": "turns"}
    words = dict.fromkeys(("goals", "confidentiality", "boundaries", "ending"), CANARY)
    proposal = propose_agreement(
        pair, by=user, at=BEFORE, seen="", facts=facts, words=words
    )
    agree(pair, by=pair.mentor.user, at=BEFORE, seen=proposal.edition)
    outcome = make.OutcomeFactory(pair=pair)
    hold_review(
        pair,
        kind="midpoint",
        by=user,
        at=BEFORE,
        version=0,
        seen={str(outcome.pk): {"how": "there", "words": CANARY}},
        words={"changes": CANARY},
    )


def say_why(pair):
    """The reasons that one may give for a break and for a no."""
    user, today = pair.mentee.user, timezone.localdate()
    take_break(
        pair.mentee, starts_on=today, ends_on=today, words=CANARY, by=user, at=BEFORE
    )
    offer = make.ProposalFactory(
        round=make.RoundFactory(cohort=pair.cohort),
        mentee=pair.mentee,
        state="offered",
        offered_at=BEFORE,
    )
    decline_offer(offer, by=user, at=BEFORE, code="other", words=CANARY)


def private_tables():
    return {f"public.{model._meta.db_table}" for model in private_models()}


def test_private_words_stay_where_they_were_written(client, caplog, queued):
    caplog.set_level(logging.DEBUG)
    scene = a_spring(6)
    make.RhythmFactory(cohort=scene.cohort)
    pair = scene.pairs[0]
    meet(pair, 5, state="written")
    write_everything(pair, pair.mentee.user, CANARY, make.UserFactory())
    say_it_by_acting(scene.pairs[1])
    for now in (BEFORE, AFTER, AFTER + timedelta(days=1)):
        list(night.run(now))
    outbox.sweep(timezone.now())
    places = {
        table
        for table, rows in dump_all().items()
        if any(CANARY in row for row in rows)
    }
    # Everything else that was written lies sealed.
    assert places == COUNTED
    assert places <= private_tables()
    assert not [m for m in mail.outbox if CANARY in str(m.message())]
    assert CANARY not in caplog.text
    assert CANARY not in repr(queued)
    assert CANARY not in repr(getattr(cache, "_cache", {}))
    client.force_login(make.RoleFactory(program=scene.program, kind="steering").user)
    for name in ("insights:report", "insights:report_csv"):
        page = client.get(reverse(name, args=[scene.program.pk]))
        assert CANARY not in page.content.decode()


def test_no_statement_carries_a_private_text():
    """What a database log would hold: sealed texts, and the one word to be counted."""
    pair = make.PairFactory()
    with CaptureQueriesContext(connection) as queries:
        write_everything(pair, pair.mentee.user, CANARY, make.UserFactory())
    said = [query["sql"] for query in queries if CANARY in query["sql"]]
    assert [sql for sql in said if "participants_selfdeclared" not in sql] == []


def test_a_file_lies_sealed_and_nameless():
    pair = make.PairFactory()
    file = Accepted(f"{CANARY}.txt", "txt", CANARY.encode())
    by, at = pair.mentee.user, timezone.now()
    keep_file(pair, by=by, at=at, file=file, form_id=uuid4())
    folder = Path(settings.STORAGES["private"]["OPTIONS"]["location"])
    stored = list(folder.rglob("*"))
    assert stored
    assert not [one for one in stored if CANARY in one.name]
    assert not [one for one in stored if CANARY.encode() in one.read_bytes()]
