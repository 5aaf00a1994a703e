"""The mails of this app: subject, text and HTML with the same facts."""

from datetime import UTC, datetime

import pytest

from mentorship.outbox.letter import compose
from mentorship.participants import notices
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 9, 10, tzinfo=UTC)


@pytest.fixture
def place():
    program = make.ProgramFactory(name="Rising <Leads> & Friends")
    cohort = make.CohortFactory(program=program, name="Spring")
    user = make.UserFactory(given_name="Rosa", family_name="Huamán")
    return make.ParticipantFactory(
        cohort=cohort, user=user, state="invited", invitation=1
    )


def mails(place):
    by = make.UserFactory(given_name="Ingrid", family_name="Solheim")
    version = make.CharterFactory(program=place.cohort.program, number=2)
    return {
        "invitation": notices.invitation(place, by=by, at=NOW),
        "renewed": notices.invitation(place, by=place.user, at=NOW),
        "reminder": notices.reminder(place, at=NOW),
        "acknowledgment": notices.charter_changed(place, version, at=NOW),
        "announcement": notices.announcement(
            place,
            subject="Kick-off on Monday & more",
            text="We start at ten.\n<b>Bring</b> a question.",
            by=by,
            form_id="one",
            at=NOW,
        ),
    }


@pytest.mark.parametrize(
    ("which", "subject", "words"),
    [
        ("invitation", "Join Rising", "Ingrid Solheim invites you"),
        ("renewed", "Join Rising", "Here is your new link"),
        ("reminder", "Your place in", "have not heard back"),
        ("acknowledgment", "The charter of", "version 2 is in force"),
        ("announcement", "Kick-off on Monday & more", "We start at ten."),
    ],
)
def test_each_mail_says_the_same_as_text_and_as_html(place, which, subject, words):
    notice = mails(place)[which]
    notice.recipient = place.user

    mail = compose(notice)

    html = mail.alternatives[0][0]
    assert mail.subject.startswith(subject)
    assert len(mail.subject) < 70
    assert words in mail.body
    assert words in html
    path = notice.context["path"]
    assert path in mail.body
    assert "Rising <Leads> & Friends" in mail.body
    assert "<Leads>" not in html
    assert "<b>Bring" not in html


def test_an_invitation_says_how_one_takes_part(place):
    notice = mails(place)["invitation"]
    notice.recipient = place.user

    assert "take part as a mentee" in compose(notice).body


def test_an_answer_to_a_message_reaches_the_coordinator(place):
    notice = mails(place)["announcement"]
    notice.recipient = place.user

    assert compose(notice).reply_to == [notice.context["reply_to"]]
