"""The figures of the site as Prometheus reads them (text format 0.0.4).

All come from the database, so one web process speaks for every machine. No label holds
a person, a program or a text that somebody wrote.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from math import inf, isinf

from django.db import connection
from django.db.models import Count

from mentorship.insights.models import Period
from mentorship.outbox.models import Kind, Notice
from pairing.models import Round

from ..models import Answered, Heartbeat
from .facts import oldest_due
from .requests import BOUNDS

# Even that there is a concern is for few to know.
UNSAID = {Kind.CONCERN: "other", Kind.ACCOUNT: "other"}

# Seconds; a mail may wait a minute where nobody may be written to faster.
DELAYS = (0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0, 900.0, 3600.0, inf)
WAITS = {
    "notice_dwell": "Notices of the last hour, by seconds from due until claimed.",
    "notice_send": "Notices of the last hour, by seconds from claimed until sent.",
}
SENDING = """
    select bound,
        count(*) filter (where extract(epoch from claimed_at - due_at) <= bound),
        count(*) filter (where extract(epoch from sent_at - claimed_at) <= bound)
    from outbox_notice, unnest(%s::float8[]) bound
    where state = 'sent' and sent_at > %s and claimed_at is not null
    group by bound
"""

Sample = tuple[str, dict[str, object], float]


def text(now: datetime) -> str:
    """Everything at `now`, a family after the other."""
    return "".join(f"{line}\n" for line in lines(now))


def lines(now: datetime) -> Iterator[str]:
    yield from family("notices", "gauge", "Notices by state and kind.", notices())
    age = oldest_due(now)
    waited = [("", {}, age.total_seconds() if age else 0)]
    yield from family(
        "oldest_due_seconds", "gauge", "How long the oldest due notice waits.", waited
    )
    for name, help, samples in sending(now):
        yield from family(name, "gauge", help, samples)
    yield from family(
        "periods_waiting",
        "gauge",
        "Periods that are over and not published.",
        periods(),
    )
    yield from family(
        "rounds_waiting", "gauge", "Plans to be worked out, or under way.", rounds()
    )
    yield from family(
        "heartbeat_age_seconds", "gauge", "How long ago it last happened.", beats(now)
    )
    yield from family(
        "http_request_seconds", "histogram", "Requests by page and status.", answers()
    )


def family(name: str, kind: str, help: str, samples: Iterable[Sample]) -> Iterator[str]:
    name = f"reciprocal_{name}"
    yield f"# HELP {name} {help}"
    yield f"# TYPE {name} {kind}"
    for suffix, labels, value in samples:
        said = ",".join(f'{key}="{quoted(word)}"' for key, word in labels.items())
        yield f"{name}{suffix}{{{said}}} {value:.17g}" if said else f"{name} {value:g}"


def quoted(word) -> str:
    return str(word).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def notices() -> Iterator[Sample]:
    found: dict[tuple[str, str], int] = {}
    rows = Notice.objects.order_by().values_list("state", "kind")
    for state, kind, number in rows.annotate(number=Count("pk")):
        key = state, UNSAID.get(kind, kind)
        found[key] = found.get(key, 0) + number
    for (state, kind), number in sorted(found.items()):
        yield "", {"state": state, "kind": kind}, number


def sending(now: datetime) -> Iterator[tuple[str, str, list[Sample]]]:
    """How many notices of the last hour waited, and took, up to each bound."""
    with connection.cursor() as cursor:
        cursor.execute(SENDING, [list(DELAYS), now - timedelta(hours=1)])
        found = {bound: numbers for bound, *numbers in cursor.fetchall()}
    for index, (name, words) in enumerate(WAITS.items()):
        samples: list[Sample] = [
            ("", {"le": le(bound)}, found.get(bound, (0, 0))[index]) for bound in DELAYS
        ]
        yield f"{name}_seconds_last_hour", words, samples


def le(bound: float) -> str:
    return "+Inf" if isinf(bound) else f"{bound:g}"


def periods() -> list[Sample]:
    waiting = [Period.State.CLOSED, Period.State.AUDITED]
    return [("", {}, Period.objects.filter(state__in=waiting).count())]


def rounds() -> list[Sample]:
    return [("", {}, Round.objects.in_work().count())]


def beats(now: datetime) -> Iterator[Sample]:
    for name, at in Heartbeat.objects.order_by("name").values_list("name", "at"):
        yield "", {"name": name}, (now - at).total_seconds()


def answers() -> Iterator[Sample]:
    rows = Answered.objects.order_by("route", "status").values_list(
        "route", "status", "within", "requests", "seconds"
    )
    for (route, status), group in groupby(rows, key=lambda row: row[:2]):
        counts = {within: (number, took) for *_key, within, number, took in group}
        yield from histogram({"route": route, "status": status}, counts)


def histogram(labels: dict, counts: dict[float, tuple[int, float]]) -> Iterator[Sample]:
    """Buckets hold everything up to their bound, as Prometheus wants them."""
    total = 0
    for bound in BOUNDS:
        total += counts.get(bound, (0, 0.0))[0]
        yield "_bucket", {**labels, "le": le(bound)}, total
    yield "_sum", labels, sum(took for _number, took in counts.values())
    yield "_count", labels, total
