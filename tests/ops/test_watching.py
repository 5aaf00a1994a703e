"""What a watcher of the site is told, and that nobody else is told anything."""

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.core.signals import request_finished
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from mentorship.ops.models import Answered, Heartbeat
from mentorship.ops.tasks import night
from mentorship.ops.watching import beats, facts, requests
from mentorship.outbox.tasks import sweep
from tests import factories as make

TOKEN = "a-token-of-the-test"
pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def watcher(settings, monkeypatch):
    """Somebody with the token, on a site where everything happens."""
    settings.WATCH_TOKEN = TOKEN
    answers = facts.Fact("redis", 1, 1, "answers", True)
    monkeypatch.setattr(facts, "of_redis", lambda: answers)
    for name in Heartbeat.Name:
        Heartbeat.objects.beat(name)
    return Client(headers={"Authorization": f"Bearer {TOKEN}"})


def checks(watcher):
    return watcher.get("/healthz").json()["checks"]


@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer wrong", TOKEN])
@pytest.mark.parametrize("path", ["/healthz", "/metrics"])
def test_without_the_token_neither_exists(watcher, path, given):
    assert Client().get(path, headers={"Authorization": given}).status_code == 404


def test_without_a_token_in_the_settings_nothing_opens_them(client):
    answer = client.get("/healthz", headers={"Authorization": "Bearer "})

    assert answer.status_code == 404


def test_a_site_where_everything_happens_is_well(watcher):
    answer = watcher.get("/healthz")

    assert (answer.status_code, answer.json()["state"]) == (200, "ok")
    assert set(answer.json()["checks"]) == {
        *("redis", "disk free", "oldest due notice", "last mail sent"),
        *(f"last {name}" for name in Heartbeat.Name),
    }


@pytest.mark.parametrize("name", list(Heartbeat.Name))
def test_whatever_has_stopped_is_late(watcher, name):
    ago = facts.HEARTBEATS[name] + timedelta(seconds=1)
    Heartbeat.objects.beat(name, at=timezone.now() - ago)

    answer = watcher.get("/healthz")

    assert answer.status_code == 503
    late = [n for n, c in answer.json()["checks"].items() if c["state"] == "late"]
    assert late == [f"last {name}"]


def test_what_never_happened_is_late_too(watcher):
    Heartbeat.objects.filter(name="backup").delete()

    assert checks(watcher)["last backup"]["state"] == "late"


def test_mail_that_waits_too_long_is_late(watcher):
    make.NoticeFactory(due_at=timezone.now() - timedelta(minutes=16))

    assert checks(watcher)["oldest due notice"]["state"] == "late"


def test_a_mail_server_that_refuses_for_an_hour_is_late_and_a_quiet_one_is_not(watcher):
    assert checks(watcher)["last mail sent"]["state"] == "ok"
    make.NoticeFactory(due_at=timezone.now() + timedelta(hours=1), attempts=2)
    assert checks(watcher)["last mail sent"]["state"] == "late"


def test_a_lost_redis_is_late(watcher, monkeypatch, settings):
    monkeypatch.undo()
    settings.WATCH_TOKEN = TOKEN
    settings.REDIS_URL = "unix:///nowhere/redis.sock?db=0"

    assert checks(watcher)["redis"]["state"] == "late"


def test_a_lost_database_is_late(watcher, monkeypatch):
    def away(queryset, **options):
        raise DatabaseError

    monkeypatch.setattr("mentorship.ops.watching.facts.oldest_due", away)

    assert watcher.get("/healthz").status_code == 503


def test_a_sweep_and_a_night_leave_their_time_and_ping(settings, monkeypatch):
    asked = []
    settings.PING_URL = "https://ping.example.org/1"
    monkeypatch.setattr(beats, "ping", asked.append)

    for task in (sweep, night):
        beats.task_done(sender=task)

    assert set(Heartbeat.objects.values_list("name", flat=True)) == {"sweep", "night"}
    assert asked == [settings.PING_URL]


def test_prometheus_reads_every_family(watcher):
    make.NoticeFactory(kind="session", due_at=timezone.now())
    requests.add(
        Counter({("home:me", 200, 0.1): 3}), Counter({("home:me", 200, 0.1): 0.2})
    )

    text = watcher.get("/metrics").content.decode()

    assert 'reciprocal_notices{state="pending",kind="session"} 1\n' in text
    assert 'reciprocal_heartbeat_age_seconds{name="night"}' in text
    page = 'route="home:me",status="200"'
    assert f'http_request_seconds_bucket{{{page},le="0.05"}} 0\n' in text
    assert f'http_request_seconds_bucket{{{page},le="+Inf"}} 3\n' in text
    assert f"http_request_seconds_count{{{page}}} 3\n" in text
    line = re.compile(r'[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?[0-9.e+-]+')
    said = [one for one in text.splitlines() if not one.startswith("#")]
    assert [one for one in said if not line.fullmatch(one)] == []


def test_prometheus_reads_how_long_mail_waited_and_took(watcher):
    now = timezone.now()
    for waited, took in ((0.3, 0.05), (40, 3)):
        claimed = now - timedelta(seconds=took)
        due = claimed - timedelta(seconds=waited)
        make.NoticeFactory(state="sent", sent_at=now, claimed_at=claimed, due_at=due)

    text = watcher.get("/metrics").content.decode()

    dwell, send = "notice_dwell_seconds_last_hour", "notice_send_seconds_last_hour"
    for name, bound, number in (
        *((dwell, "0.1", 0), (dwell, "0.5", 1), (dwell, "60", 2)),
        *((send, "0.1", 1), (send, "5", 2), (send, "+Inf", 2)),
    ):
        assert f'reciprocal_{name}{{le="{bound}"}} {number}\n' in text


def test_a_concern_is_in_no_label(watcher):
    make.NoticeFactory(kind="concern", due_at=timezone.now())

    assert "concern" not in watcher.get("/metrics").content.decode()


def test_two_processes_add_to_the_same_sums():
    for _process in range(2):
        tally = requests.Tally()
        tally.add("home:me", 200, 0.07)
        tally.flush()

    [row] = Answered.objects.all()
    assert (row.requests, row.within) == (2, 0.1)
    assert row.seconds == pytest.approx(0.14)


def test_what_could_not_be_added_is_added_later(monkeypatch):
    tally = requests.Tally()
    tally.add("home:me", 200, 0.07)
    with monkeypatch.context() as away:

        def refuse(*columns):
            raise DatabaseError

        away.setattr(requests, "add", refuse)
        tally.flush()
    assert not Answered.objects.exists()

    tally.flush()

    assert Answered.objects.get().requests == 1


def test_requests_are_counted_by_page_where_somebody_watches(settings, monkeypatch):
    settings.WATCH_TOKEN = TOKEN
    monkeypatch.setattr(requests, "EVERY", 0)
    monkeypatch.setattr("atexit.register", lambda flush: None)
    listening = list(request_finished.receivers)
    client = Client()

    client.get("/livez")
    client.get("/no/such/page/")
    client.get("/livez")

    request_finished.receivers = listening
    rows = Answered.objects.values_list("route", "status", "requests")
    assert ("ops:livez", 200) in [row[:2] for row in rows]
    assert ("nowhere", 404, 1) in rows
