"""A year passes: every reminder comes once, none early, none in quiet hours."""

from datetime import date, timedelta

import pytest

from mentorship.accounts.models import User
from tests.ops import year


@pytest.fixture
def letters(settings):
    settings.EMAIL_BACKEND = "tests.ops.year.Counting"
    year.Counting.taken = []
    return year.Counting.taken


def check(people: int, first: date, last: date, letters) -> int:
    """Live through it and compare; returns how many mails there were."""
    plan = year.arrange(people, first, last, seed=5)
    year.live_through(plan)
    wanted, came = year.wanted(plan), year.came()
    assert wanted.keys() - came.keys() == set(), "lost"
    assert came.keys() - wanted.keys() == set(), "sent, but not due"
    assert len(letters) == len(came) == len(set(letters)), "repeated"
    users = User.objects.in_bulk(plan.born)
    for what, sent_at in came.items():
        late = sent_at - wanted[what]
        assert timedelta(0) <= late < timedelta(minutes=30), (what, late)
        zone = year.zone_at(plan, what[0], sent_at)
        assert not year.is_quiet(users[what[0]], zone, sent_at), what
    return len(came)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 3, 4), date(2026, 4, 1)),
        (date(2026, 10, 8), date(2026, 11, 5)),
    ],
)
def test_when_the_clocks_change_all_reminders_come_once_on_time(first, last, letters):
    assert check(30, first, last, letters) > 80


@pytest.mark.full
@pytest.mark.django_db(transaction=True)
def test_in_a_year_of_two_thousand_people_all_reminders_come_once_on_time(letters):
    assert check(2_000, date(2026, 1, 5), date(2027, 1, 4), letters) > 90_000
