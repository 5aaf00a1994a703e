"""What pairs say to stages and roles, and what happens when somebody leaves."""

import pytest
from django.utils import timezone

from mentorship.charter.models import Program
from mentorship.charter.signals import looking_for_role_warnings
from mentorship.charter.stages import blockers
from mentorship.outbox.letter import compose
from mentorship.outbox.models import Notice
from mentorship.participants.actions import withdraw
from pairing.models import Pair, Proposal
from tests.factories import (
    CohortFactory,
    MentorFactory,
    PairFactory,
    ProposalFactory,
    RoleFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def texts(cohort):
    return [str(blocker.text) for blocker in blockers(cohort)]


def warnings(program):
    found = looking_for_role_warnings.send(Program, program=program)
    return [text for _receiver, more in found for text in more]


def test_a_pilot_needs_a_pair():
    cohort = CohortFactory(stage="pairing")
    missing = "No pair has been published and accepted yet."
    assert missing in texts(cohort)
    PairFactory(cohort=cohort, state="pilot")
    assert missing not in texts(cohort)


def test_an_undecided_pilot_holds_the_cohort_until_its_day():
    cohort = CohortFactory(stage="pilot")
    PairFactory(cohort=cohort, state="pilot")
    words = "1 pair has not decided about its pilot yet."
    assert words not in texts(cohort)  # the day on which it becomes active is past
    cohort.active_on = NOW.date().replace(year=NOW.year + 1, day=1)
    assert words in texts(cohort)


def test_alumni_have_no_running_pair():
    cohort = CohortFactory(stage="closing")
    PairFactory(cohort=cohort)
    assert "1 pair is still running." in texts(cohort)


def test_a_lone_coordinator_in_a_pair_is_pointed_out():
    cohort = CohortFactory()
    role = RoleFactory(program=cohort.program)
    assert warnings(cohort.program) == []
    PairFactory(cohort=cohort, mentor=MentorFactory(cohort=cohort, user=role.user))
    assert [role.user.name in text for text in warnings(cohort.program)] == [True]
    RoleFactory(program=cohort.program)
    assert warnings(cohort.program) == []


def test_whoever_leaves_frees_the_other_of_the_pair():
    pair = PairFactory()
    withdraw(pair.mentor, by=pair.mentor.user, at=NOW)
    pair.refresh_from_db()
    assert (pair.state, pair.ending) == (Pair.State.ENDED, Pair.Ending.WITHDRAWN)


def test_the_partner_of_whoever_leaves_hears_that_and_nothing_more():
    pair = PairFactory()
    withdraw(pair.mentor, by=pair.mentor.user, at=NOW)
    (notice,) = Notice.objects.filter(template="pairing/partner_left")
    assert notice.recipient == pair.mentee.user
    mail = compose(notice)
    for body in (mail.body, mail.alternatives[0].content):
        assert f"{pair.mentor.short_name} has left" in body
        assert "reason" not in body


def test_offers_to_somebody_who_leaves_are_dropped():
    offer = ProposalFactory(state="offered", offered_at=NOW, expires_at=NOW)
    withdraw(offer.mentee, by=UserFactory(), at=NOW)
    offer.refresh_from_db()
    assert offer.state == Proposal.State.DROPPED
