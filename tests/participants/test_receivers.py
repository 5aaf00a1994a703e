"""What happens here when the charter or a stage changes below."""

from datetime import UTC, datetime

import pytest

from mentorship.charter.signals import charter_published
from mentorship.charter.stages import blockers
from mentorship.outbox.models import Notice
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 9, 10, tzinfo=UTC)


def onboarding():
    cohort = make.CohortFactory(stage="onboarding")
    make.CharterFactory(program=cohort.program)
    return cohort


def publish(program, **fields):
    version = make.CharterFactory(program=program, state="replaced", **fields)
    charter_published.send(type(version), version=version, by=None, at=NOW)
    return version


def test_pairing_warns_while_few_people_are_ready():
    cohort = onboarding()
    make.a_ready(make.MentorFactory, cohort)
    make.a_ready(make.ParticipantFactory, cohort)
    make.ParticipantFactory(cohort=cohort)

    (found,) = blockers(cohort, "pairing")

    assert found.text == "2 of 3 people are ready to be paired."
    assert found.waivable
    assert found.url == f"/cohorts/{cohort.pk}/people/?readiness=no"


def test_pairing_warns_when_nobody_takes_part():
    (found,) = blockers(onboarding(), "pairing")

    assert found.text == "Nobody takes part in this cohort so far."


def test_pairing_is_open_when_four_in_five_are_ready_on_both_sides():
    cohort = onboarding()
    for kind in (make.MentorFactory, make.MentorFactory):
        make.a_ready(kind, cohort)
    for _ in range(2):
        make.a_ready(make.ParticipantFactory, cohort)
    make.ParticipantFactory(cohort=cohort)

    assert blockers(cohort, "pairing") == []


def test_ready_people_of_one_side_only_are_not_enough():
    cohort = onboarding()
    make.a_ready(make.MentorFactory, cohort)

    assert len(blockers(cohort, "pairing")) == 1


def test_other_stages_do_not_ask_who_is_ready():
    texts = [found.text for found in blockers(onboarding(), "pilot")]

    assert not [text for text in texts if "ready to be paired" in text]


def test_a_new_charter_asks_everybody_who_takes_part_to_agree_again():
    cohort = make.CohortFactory()
    make.CharterFactory(program=cohort.program)
    joined = make.ParticipantFactory(cohort=cohort)
    make.ParticipantFactory(cohort=cohort, state="withdrawn", left_at=NOW)
    make.ParticipantFactory(
        cohort=make.CohortFactory(program=cohort.program, stage="alumni")
    )
    make.ParticipantFactory()

    version = publish(cohort.program)

    notice = Notice.objects.get()
    assert notice.recipient == joined.user
    assert notice.key == f"charter:{version.pk}:{joined.user_id}"
    assert notice.context["path"] == f"/places/{joined.pk}/charter/"


def test_a_person_in_two_cohorts_is_asked_once():
    program = make.ProgramFactory()
    user = make.UserFactory()
    for _ in range(2):
        make.ParticipantFactory(cohort=make.CohortFactory(program=program), user=user)

    publish(program)

    assert Notice.objects.count() == 1


def test_a_mere_correction_asks_nobody():
    place = make.ParticipantFactory()

    publish(place.cohort.program, asks_again=False)

    assert not Notice.objects.exists()
