"""Mail servers that fail, mails that cannot be made, clocks that are wrong."""

import time
from dataclasses import dataclass
from datetime import timedelta
from importlib.util import find_spec
from itertools import pairwise

from django.urls import reverse
from django.utils import timezone

from mentorship.charter.models import Program, Role
from mentorship.outbox.actions import BACK_OFF
from mentorship.outbox.letter import unsubscribe_url
from mentorship.outbox.models import Kind, Notice, Preference

from .client import Client
from .faults import Finding, fault, unmet
from .ground import Ground, ground
from .hand import Hand, hands
from .people import queue_mails

MINUTE, HOUR = 60, 3600
SENT, DEAD = Notice.State.SENT, Notice.State.DEAD


def until_quiet(hand: Hand, ahead: float) -> None:
    """Deliver at a moment so many seconds ahead until nothing more is due then."""
    while hand.do("sweep", ahead=ahead).get("sent"):
        pass


def over_the_day(hand: Hand, begin: float = 0) -> None:
    """Deliver at every moment at which a mail that failed is tried again."""
    ahead = begin
    for wait in [*BACK_OFF, *BACK_OFF[-1:] * 3]:
        until_quiet(hand, ahead)
        ahead += wait.total_seconds() + MINUTE
    until_quiet(hand, ahead)


@dataclass
class Letters:
    """The mails of one try: to `{name}0@…`, `{name}1@…` and so on."""

    site: Ground
    hand: Hand
    name: str
    count: int

    def queue(self) -> None:
        queue_mails(self.count, name=self.name)

    def arrived(self) -> list[dict]:
        return [m for m in self.site.sink.mails() if m["to"].startswith(self.name)]

    def delivered(self) -> int:
        """To how many people the sink had one."""
        return len({mail["to"] for mail in self.arrived()})

    def in_state(self, state: str) -> int:
        mine = Notice.objects.filter(key__startswith=f"{self.name}:")
        return mine.filter(state=state).count()

    def everything_once(self):
        """The figures and demands of a try in which all arrive in the end."""
        lost = self.count - self.delivered()
        repeats = len(self.arrived()) - self.delivered()
        return {"lost": lost, "repeats": repeats}, {
            "no mail is lost": lost == 0,
            "no mail comes twice": repeats == 0,
            "all are marked": self.in_state(SENT) == self.count,
        }


@fault(
    "F10",
    "a mail server that is down for 30 minutes; 4xx; 5xx; hangs; drops after DATA",
    demand="0 lost; a hang holds others up for 15 s at most; at most one repeat a drop",
)
def mail_server_fails(*, seed: int, short: bool) -> Finding:
    finding = Finding()
    with ground(short) as site, hands(site) as (hand,):
        if short:
            hand.do("be_impatient", seconds=3)
        for name, spoil in SPOILT.items():
            letters = Letters(site, hand, name, 12 if short else 400)
            letters.queue()
            figures, demands = spoil(letters)
            told = {f"{name}: {words}": value for words, value in figures.items()}
            finding.figures.update(told)
            broken = [f"{name}: {words}" for words in unmet(demands)]
            finding.broken.extend(broken)
            site.sink.behave("ok")
    return finding


def down(letters: Letters):
    """Away for half an hour, in which the sweeper ticks again and again."""
    letters.site.sink.stop()
    for minute in range(0, 31, 5):
        letters.hand.do("sweep", ahead=minute * MINUTE)
    letters.site.sink.start()
    over_the_day(letters.hand, 31 * MINUTE)
    return letters.everything_once()


def later_please(letters: Letters):
    """Everybody's address is refused for now, then taken."""
    letters.site.sink.behave("4xx")
    for ahead in (0, 2 * MINUTE):
        letters.hand.do("sweep", ahead=ahead)
    letters.site.sink.behave("ok")
    over_the_day(letters.hand, 10 * MINUTE)
    return letters.everything_once()


def refused(letters: Letters):
    """Some addresses do not exist; the others do."""
    start = f"{letters.name}1"
    letters.site.sink.behave("5xx", only=start)
    numbers = range(letters.count)
    gone = sum(f"{letters.name}{number}".startswith(start) for number in numbers)
    over_the_day(letters.hand)
    lost = letters.count - gone - letters.delivered()
    return {"refused": gone, "parked": letters.in_state(DEAD), "lost": lost}, {
        "each refused address is parked and shown": letters.in_state(DEAD) == gone,
        "no other mail is lost": lost == 0,
    }


def hangs(letters: Letters):
    """For one address the server never answers; how long the others wait then."""
    letters.site.sink.behave("hang", only=f"{letters.name}0@")
    began = time.time()
    for ahead in (0, 2 * MINUTE):
        letters.hand.do("sweep", ahead=ahead)
    times = [began, *(mail["at"] for mail in letters.arrived())]
    held = max(late - early for early, late in pairwise(times))
    others = letters.delivered()
    letters.site.sink.behave("ok")
    over_the_day(letters.hand, 10 * MINUTE)
    figures, demands = letters.everything_once()
    return {**figures, "longest pause of the others, s": round(held, 1)}, {
        **demands,
        "the others are out meanwhile": others == letters.count - 1,
        "the others are held up for 15 s at most": held < 16,
    }


def drops(letters: Letters):
    """The server takes some mails, and hangs up before it says so."""
    letters.site.sink.behave("drop", only=f"{letters.name}1")
    letters.hand.do("sweep")
    doomed = f"{letters.name}1"
    drops = sum(mail["to"].startswith(doomed) for mail in letters.arrived())
    letters.site.sink.behave("ok")
    over_the_day(letters.hand, 2 * MINUTE)
    figures, demands = letters.everything_once()
    demands.pop("no mail comes twice")
    ids = {(mail["to"], mail["id"]) for mail in letters.arrived()}
    return {**figures, "drops": drops}, {
        **demands,
        "some were dropped": drops > 0,
        "at most one repeat for each drop": figures["repeats"] <= drops,
        "a repeat has the same Message-ID": len(ids) == letters.count,
    }


SPOILT = {
    "down": down,
    "4xx": later_please,
    "5xx": refused,
    "hang": hangs,
    "drop": drops,
}


@fault(
    "F11",
    "a worker's clock jumps an hour ahead and back, 60 times",
    demand="0 repeats; none more than a minute early by the true clock",
)
def clock_jumps(*, seed: int, short: bool) -> Finding:
    if not find_spec("time_machine"):
        return Finding(not_made="It needs time-machine, which comes with the tests.")
    jumps = 6 if short else 60
    with ground(short) as site, hands(site) as (hand,):
        now = timezone.now()
        queue_mails(2 * jumps, name="due", due_at=now)
        queue_mails(2 * jumps, name="soon", due_at=now + timedelta(minutes=30))
        queue_mails(2 * jumps, name="late", due_at=now + timedelta(minutes=90))
        site.sink.behave("slow", seconds=0.01)
        for jump in range(jumps):
            hand.do("sweep_task", shift=HOUR if jump % 2 == 0 else -HOUR)
        mails = site.sink.mails()
    early = sum(not mail["to"].startswith("due") for mail in mails)
    repeats = site.sink.repeats()
    lost = 2 * jumps - (len(mails) - early - repeats)
    figures = {"jumps": jumps, "due": 2 * jumps, "early": early, "repeats": repeats}
    return Finding(
        {**figures, "due and not sent": lost},
        unmet(
            {
                "none is early": early == 0,
                "none comes twice": repeats == 0,
                "what is due goes out": lost == 0,
            }
        ),
    )


@fault(
    "F22",
    "one mail among 1,000 cannot be made",
    demand="the other 999 go out; that one is tried 5 times at most, parked and shown",
)
def poison(*, seed: int, short: bool) -> Finding:
    count = 40 if short else 1000
    with ground(short) as site, hands(site) as (hand,):
        program = Program.objects.get()
        queue_mails(count - 1)
        queue_mails(
            1,
            name="poison",
            due_at=timezone.now() - timedelta(days=1),
            template="no/such_mail",
            program_id=program.pk,
        )
        until_quiet(hand, 0)
        others_at_once = len(site.sink.mails())
        over_the_day(hand, 2 * MINUTE)
        row = Notice.objects.get(key="poison:0")
        site.web(workers=1)
        coordinator = Role.objects.select_related("user").first().user
        page = reverse("ops:delivery", args=[program.pk])
        shown = "Poison" in Client(site.port, coordinator).get(page).text
    figures = {"others sent": others_at_once, "attempts": row.attempts}
    demands = {
        "the others go out at once": others_at_once == count - 1,
        "it is tried 5 times at most": 1 < row.attempts <= 5,
        "then it is parked": row.state == DEAD,
        "the coordinator sees it": shown,
    }
    return Finding({**figures, "state": row.state}, unmet(demands))


@fault(
    "F24",
    "unsubscribing: POST, POST again, GET and HEAD of a scanner, a bad token",
    demand="200, 200, no change, no change, 404; no cookie needed",
)
def unsubscribing(*, seed: int, short: bool) -> Finding:
    with ground(short) as site:
        site.web(workers=1)
        reader = Role.objects.select_related("user").first().user
        address = unsubscribe_url(reader.pk, Kind.SESSION)
        path = "/" + address.partition("//")[2].partition("/")[2]
        stranger, off = Client(site.port), Preference.objects.filter(user=reader)

        def did(method: str, path: str) -> tuple[int, int]:
            answer = stranger.request(method, path, cookies=False)
            return answer.status, off.filter(wanted=False).count()

        looked = did("GET", path), did("HEAD", path)
        bad = did("POST", path.replace("unsubscribe/", "unsubscribe/x"))
        pressed = did("POST", path), did("POST", path)
    figures = {
        "GET, HEAD": [status for status, _off in looked],
        "POST, POST": [status for status, _off in pressed],
        "bad token": bad[0],
    }
    demands = {
        "looking changes nothing": set(looked) == {(200, 0)},
        "pressing stops the kind at once, again is harmless": set(pressed)
        == {(200, 1)},
        "a bad token is not there": bad == (404, 0),
    }
    return Finding(figures, unmet(demands))
