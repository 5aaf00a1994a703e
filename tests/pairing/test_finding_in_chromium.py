"""A time found, proposed and accepted on two phones, and a feed's address."""

from datetime import time

import pytest

from mentorship.participants.models import Availability
from pairing.models import Session
from tests.axe import violations
from tests.browser import picture, sign_in
from tests.factories import PairFactory, ProfileFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pair():
    """Two people with hours every day, four and a half hours apart."""
    pair = PairFactory(mentor__user__zone="Asia/Kolkata")
    for place, zone in ((pair.mentor, "Asia/Kolkata"), (pair.mentee, "UTC")):
        profile = ProfileFactory(user=place.user)
        for day in range(7):
            hours = {"weekday": day, "starts": time(9), "ends": time(18), "zone": zone}
            Availability.objects.create(profile=profile, **hours)
    return pair


@pytest.mark.parametrize("js", [True, False])
def test_one_tap_proposes_and_one_tap_accepts(live_server, new_page, pair, js):
    page = new_page("phone", js=js)
    sign_in(page, live_server, pair.mentee.user)
    page.goto(f"{live_server.url}/pairs/{pair.pk}/time/")
    assert page.get_by_text("(Kolkata)").count() == 5
    page.get_by_role("button", name="Propose", exact=True).first.click()
    page.get_by_text("can accept it or name another time").wait_for()

    page = new_page("phone", js=js)
    sign_in(page, live_server, pair.mentor.user)
    page.goto(f"{live_server.url}/me/")
    page.get_by_role("button", name="Accept").click()
    page.get_by_text("It is in your plan and in both calendars").wait_for()
    assert Session.objects.get().state == "planned"


@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_an_address_just_made_is_shown_and_fits(live_server, new_page, pair, width):
    page = new_page(width, "dark")
    sign_in(page, live_server, pair.mentee.user)
    page.goto(f"{live_server.url}/settings/calendar/")
    page.get_by_role("button", name="Make an address").click()
    address = page.get_by_label("Address of your calendar").input_value()
    assert address.startswith(f"{live_server.url}/calendar/")
    assert violations(page) == []
    wide = "document.documentElement.scrollWidth > innerWidth"
    assert not page.evaluate(wide)
    picture(page, f"feed-address-{width}")
