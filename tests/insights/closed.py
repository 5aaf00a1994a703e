"""Many ended pairs, made in bulk: some went well, by facts, and some did not."""

from datetime import timedelta

import numpy as np
from django.utils import timezone

from mentorship.accounts.models import User
from mentorship.participants.models import Participant
from pairing import engine
from pairing.models import Pair, Proposal, Session
from tests import factories as make

TRULY_WORTH_NOTHING = "learning_preference"
A_DAY = timedelta(days=1)


def closed_pairs(program, count, *, seed=0):
    """A cohort that is over with so many ended pairs, two to each mentor, whose factors
    made them go well; one factor was worth nothing."""
    dice = np.random.default_rng(seed)
    names = list(engine.Weights().as_dict())
    shares = engine.Weights().shares()
    worth = np.array([shares[n] if n != TRULY_WORTH_NOTHING else 0 for n in names])
    values = dice.random((count, len(names))).round(3)
    chance = 1 / (1 + np.exp(-12 * (values - 0.5) @ worth))
    good = dice.random(count) < chance
    cohort = make.CohortFactory(program=program, stage="alumni")
    weights = program.weights.first() or make.WeightsFactory(program=program)
    round_ = make.RoundFactory(cohort=cohort, weights=weights, state="published")
    mentors = places(cohort, -(-count // 2), is_mentor=True, capacity=2)
    mentees = places(cohort, count, is_mentee=True)
    now = timezone.now()
    proposals = Proposal.objects.bulk_create(
        Proposal(
            round=round_,
            mentor=mentors[row // 2],
            mentee=mentees[row],
            score=0.6,
            reasons=[
                {
                    "name": n,
                    "weight": shares[n],
                    "value": v,
                    "points": 0,
                    "evidence": {},
                }
                for n, v in zip(names, values[row], strict=True)
            ],
            state="accepted",
            offered_at=now,
        )
        for row in range(count)
    )
    pairs = Pair.objects.bulk_create(
        Pair(
            cohort=cohort,
            proposal=proposal,
            mentor=proposal.mentor,
            mentee=proposal.mentee,
            state="ended",
            started_on=now.date() - 100 * A_DAY,
            active_on=now.date() - 60 * A_DAY if well else None,
            ended_at=now - 10 * A_DAY,
            ended_by=round_.by,
            ending="completed" if well else "switched",
        )
        for proposal, well in zip(proposals, good, strict=True)
    )
    hold_sessions([pair for pair, well in zip(pairs, good, strict=True) if well])
    return cohort, good


def places(cohort, count, **side):
    """So many places in a cohort, with people."""
    users = User.objects.bulk_create(
        User(email=f"{cohort.pk}-{len(side)}-{n}@kestrel.example", password="!")
        for n in range(count)
    )
    return Participant.objects.bulk_create(
        Participant(cohort=cohort, user=user, state="finished", **side)
        for user in users
    )


def hold_sessions(pairs):
    """Three sessions each, as often as a monthly rhythm plans."""
    today = timezone.now().date()
    Session.objects.bulk_create(
        Session(pair=pair, state="held", held_on=today - days * A_DAY)
        for pair in pairs
        for days in (90, 60, 30)
    )
