"""What a mail looks like from outside, and that it holds nothing private."""

import re
from datetime import UTC, date, datetime

import pytest
from django.conf import settings

from mentorship.outbox.letter import compose
from mentorship.outbox.models import Kind
from tests.factories import NoticeFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_the_first_line_of_the_text_is_the_subject():
    mail = compose(NoticeFactory(recipient__given_name="Linh"))
    assert mail.subject == "Hello Linh"
    assert mail.body.startswith("Something to read\n\nIt waits at ")


def test_a_name_with_a_line_break_still_gets_its_mail():
    mail = compose(NoticeFactory(recipient__given_name="Linh\rThi"))
    assert mail.message()["Subject"] == "Hello Linh Thi"


@pytest.mark.parametrize("name", ["2026-13-45", "2026-01-01T10:00 is our name"])
def test_words_that_look_like_a_day_stay_words(name):
    mail = compose(NoticeFactory(context={"program": name}))
    assert name in mail.body


def test_text_and_html_lead_to_the_same_addresses(settings):
    settings.SITE_URL = "https://mentors.kestrel.example"
    mail = compose(NoticeFactory())
    html = mail.alternatives[0].content
    links = set(re.findall(r'href="([^"]+)"', html))
    assert "https://mentors.kestrel.example/x/" in links
    assert all(link in mail.body for link in links)


def test_headers_make_it_recognizable_and_easy_to_stop(settings):
    settings.SITE_URL = "https://mentors.kestrel.example"
    notice = NoticeFactory(kind=Kind.CHECK_IN)
    mail = compose(notice).message()
    assert mail["Message-ID"] == compose(notice).message()["Message-ID"]
    assert mail["Message-ID"].endswith("@mentors.kestrel.example>")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["List-Id"] == "<check-in.mentors.kestrel.example>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = "<https://mentors.kestrel.example/unsubscribe/"
    assert str(mail["List-Unsubscribe"]).startswith(address)
    assert mail["Precedence"] is None
    for header in ("From", "To", "Date", "Message-ID", "Subject"):
        assert len(mail.get_all(header)) == 1


def test_account_mail_is_no_list_and_cannot_be_stopped():
    mail = compose(NoticeFactory(kind=Kind.ACCOUNT))
    assert not [name for name in mail.message() if name.startswith("List-")]
    assert "/unsubscribe/" not in mail.body


def test_an_answer_goes_to_a_person_when_the_notice_names_one():
    context = {"path": "/", "reply_to": "ingrid@kestrel.example"}
    mail = compose(NoticeFactory(context=context))
    assert mail.reply_to == ["ingrid@kestrel.example"]


def test_no_line_is_longer_than_mail_allows():
    mail = compose(NoticeFactory())
    lines = mail.message().as_bytes().split(b"\n")
    assert max(len(line) for line in lines) <= 998


def test_days_and_moments_of_a_notice_come_back_as_such(settings):
    from mentorship.outbox.letter import words_for

    context = {"on": "2026-05-14", "at": "2026-05-14T14:00:00+00:00", "n": "2026"}
    words = words_for(NoticeFactory(context=context))
    assert words["on"] == date(2026, 5, 14)
    assert words["at"] == datetime(2026, 5, 14, 14, tzinfo=UTC)
    assert words["n"] == "2026"


def test_a_line_break_in_a_name_cannot_add_a_header():
    notice = NoticeFactory(
        recipient=UserFactory(given_name="Linh\nBcc: all@kestrel.example")
    )
    message = compose(notice).message()
    assert message["Bcc"] is None


def test_a_day_in_the_text_is_words_without_markup():
    notice = NoticeFactory(
        template="pairing/offer",
        kind=Kind.PAIRING,
        context={"path": "/", "partner": "Linh", "program": "P", "until": "2031-05-14"},
    )
    assert "open until 14 May 2031." in compose(notice).body


def test_no_text_template_uses_a_filter_that_gives_markup():
    for file in (settings.BASE_DIR / "templates" / "emails").rglob("*.txt"):
        assert not re.search(r"\|(day|moment)\b", file.read_text()), file
