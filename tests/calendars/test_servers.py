"""Real calendar programs: a server keeps one event, a phone's reader knows the hour."""

import importlib.util
import socket
import subprocess
import sys
import time
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.utils import timezone

from pairing.actions import make_feed
from tests.factories import PairFactory

from .conftest import calendar_of

PROGRAMS = ("radicale", "caldav", "vdirsyncer", "khal")
MISSING = [name for name in PROGRAMS if not importlib.util.find_spec(name)]
pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(
        bool(MISSING), reason=f"{MISSING} missing: run `dev.py test --all`"
    ),
    pytest.mark.filterwarnings("default"),
]
TYPE = {"Content-Type": "text/calendar; charset=utf-8"}
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def radicale(tmp_path):
    """A CalDAV server of its own; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    served = {
        "--server-hosts": f"127.0.0.1:{port}",
        "--storage-filesystem-folder": str(tmp_path / "radicale"),
        "--auth-type": "none",
        "--config": "",
    }
    options = [part for option in served.items() for part in option]
    server = subprocess.Popen(
        [sys.executable, "-m", "radicale", *options], stderr=subprocess.DEVNULL
    )
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(10)


def wait_for(port: int) -> None:
    for _try in range(100):
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"nothing answers at port {port}")


def kept_by_a_client(mail) -> tuple[str, str]:
    """An invitation as a client stores it: by its UID, and without the method, which
    is for mails."""
    calendar = icalendar.Calendar.from_ical(calendar_of(mail))
    del calendar["METHOD"]
    return str(calendar.walk("VEVENT")[0]["UID"]), calendar.to_ical().decode()


def test_a_server_updates_one_event_and_sees_it_end(letters, radicale):
    import caldav

    with caldav.DAVClient(radicale, username="zoe", password="any") as client:
        calendar = client.principal().make_calendar(name="Mentoring")
        seen = []
        for about in ("planned", "moved", "canceled"):
            # As it came: `save_event` would count the sequence on by itself.
            uid, text = kept_by_a_client(letters[about])
            answer = client.put(f"{calendar.url}{uid}.ics", text, TYPE)
            assert answer.status in (201, 204)
            events = [found.icalendar_component for found in calendar.events()]
            seen += [[(e["SEQUENCE"], str(e["STATUS"]), e.start.hour) for e in events]]
    assert seen == [
        [(0, "CONFIRMED", 14)],
        [(1, "CONFIRMED", 15)],
        [(2, "CANCELLED", 15)],
    ]


@pytest.fixture
def reader(tmp_path):
    """A phone in New York: vdirsyncer fetches, khal lists."""

    def lists(address: str, first: date, days: int) -> list[str]:
        folder = tmp_path / "phone"
        folder.mkdir()
        sync = tmp_path / "vdirsyncer.conf"
        sync.write_text(SYNC.format(status=tmp_path / "status", url=address, to=folder))
        khal = tmp_path / "khal.conf"
        khal.write_text(KHAL.format(folder=folder, cache=tmp_path / "khal.db"))
        run("vdirsyncer", "--config", sync, "discover")
        run("vdirsyncer", "--config", sync, "sync")
        span = [first.strftime("%Y-%m-%d"), f"{days}d"]
        shown = ["--day-format", "", "--format", "{start-time} {title}"]
        told = run("khal", "--config", khal, "list", *shown, *span)
        return [line for line in told.splitlines() if line.strip()]

    return lists


SYNC = """
[general]
status_path = "{status}"
[pair feed]
a = "site"
b = "phone"
collections = null
conflict_resolution = "a wins"
[storage site]
type = "http"
url = "{url}"
[storage phone]
type = "filesystem"
path = "{to}"
fileext = ".ics"
"""
KHAL = """
[calendars]
[[feed]]
path = {folder}
[locale]
local_timezone = America/New_York
default_timezone = America/New_York
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {cache}
"""


def run(program: str, *options) -> str:
    done = subprocess.run(
        [sys.executable, "-m", program, *map(str, options)],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def tuesdays_around_the_change(year: int) -> list[datetime]:
    """Three Tuesdays at nine in Berlin: before Europe's clocks change, in the week in
    which only Europe's have, and after America's."""
    last_of_october = date(year, 10, 31)
    sunday = last_of_october - timedelta(days=(last_of_october.weekday() + 1) % 7)
    days = [sunday + timedelta(days=n) for n in (-5, 2, 9)]
    return [datetime(day.year, day.month, day.day, 9, tzinfo=BERLIN) for day in days]


@pytest.mark.django_db(transaction=True)
def test_a_reader_elsewhere_lists_the_right_hours_across_a_clock_change(
    live_server, reader
):
    pair = PairFactory()
    moments = tuesdays_around_the_change(timezone.now().year)
    for starts_at in moments:
        pair.sessions.create(state="planned", starts_at=starts_at, minutes=45)
    secret = make_feed(pair.mentee.user, at=timezone.now())
    listed = reader(
        f"{live_server.url}/calendar/{secret}.ics", moments[0].date(), days=21
    )
    assert [line.partition(" ")[0] for line in listed] == ["03:00", "04:00", "03:00"]
    assert all(str(pair.mentor.short_name) in line for line in listed)
