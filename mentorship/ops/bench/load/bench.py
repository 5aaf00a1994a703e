"""Many people at once on the ten pages, against the demo's own server command."""

import contextlib
import http.client
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from django.conf import settings
from django.db import connections

from mentorship.demo.management.commands.demo import web_options
from mentorship.demo.processes import free_port
from mentorship.ops.bench.pages.ten import TEN
from mentorship.ops.bench.pairing.machine import machine
from mentorship.ops.bench.seed import Readers, Shape, fill, scratch
from mentorship.ops.bench.seed.readers import Reader, publish_for, seal_words
from mentorship.ops.bench.seed.scratch import Database

ROLES = {"mentee": 16, "coordinator": 3, "steering": 1}  # of twenty people
MOST = 0.8  # seconds for nineteen of twenty pages
CLIENT = Path(__file__).with_name("client.py")
START = 30  # seconds that the server may take


@dataclass(frozen=True)
class Load:
    """What `people` met in so many seconds: every visit's seconds and status. Nineteen
    of twenty pages may take `most` seconds."""

    people: int
    seconds: float
    visits: list[dict]
    most: float = MOST

    @property
    def failed(self) -> list[dict]:
        """Answers of 500 and more."""
        return [each for each in self.visits if each["status"] >= 500]

    @property
    def dropped(self) -> list[dict]:
        return [each for each in self.visits if each["status"] == 0]

    def percentile(self, percent: int) -> float:
        """Seconds in which so many of a hundred pages were there."""
        took = [each["seconds"] for each in self.visits]
        return statistics.quantiles(took, n=100, method="inclusive")[percent - 1]

    @property
    def broken(self) -> list[str]:
        """Every demand that is not met, in words."""
        wrong = []
        if not self.visits:
            wrong.append("nobody opened a page")
        elif self.percentile(95) > self.most:
            wrong.append(f"p95 is {self.percentile(95):.2f} s, not {self.most:g}")
        if self.failed:
            wrong.append(f"{len(self.failed)} answers of 500 and more")
        if self.dropped:
            wrong.append(f"{len(self.dropped)} connections without a whole answer")
        told = {each["status"] for each in self.visits if each["status"] < 500}
        if others := sorted(told - {200, 0}):
            wrong.append(f"other answers than a page: {others}")
        return wrong


class LoadBench:
    """Fills a database, serves it as the demo does, and sends people there."""

    def __init__(
        self,
        shape: Shape | None = None,
        *,
        people: int = 200,
        seconds: float = 60,
        seed: int = 0,
        keep: bool = False,
        server=None,
        template: str = "",
        say: Callable[[str], object] = print,
    ):
        self.shape, self.say = shape or Shape(), say
        self.people, self.seconds, self.seed = people, seconds, seed
        self.server, self.template, self.keep = server, template, keep
        self.machine = machine()

    def run(self) -> Load:
        name = f"pages_{self.shape.people}" if self.keep else "load"
        place = {"server": self.server, "template": self.template, "keep": self.keep}
        with scratch(name, **place) as database:
            if database.is_new:
                fill(self.shape, say=self.say)
            crowd = self.crowd()
            connections.close_all()
            with served(database) as port:
                return Load(self.people, self.seconds, self.send(crowd, port))

    def crowd(self) -> list[dict]:
        """Everybody's cookie and addresses."""
        roles = list(islice(cycle(turns()), self.people))
        readers = Readers(self.shape)
        found: list[Reader] = []
        for role in ROLES:
            found += readers.each(role, roles.count(role))
        seal_words(found)
        publish_for([each for each in found if each.role == "steering"])
        return [
            {
                "cookie": f"{settings.SESSION_COOKIE_NAME}={each.sign_in()}",
                "addresses": [p.address(each) for p in TEN if p.role == each.role],
            }
            for each in found
        ]

    def send(self, crowd: list[dict], port: int) -> list[dict]:
        """Every visit of everybody."""
        told = {
            "port": port,
            "seconds": self.seconds,
            "seed": self.seed,
            "people": crowd,
        }
        done = subprocess.run(
            [sys.executable, CLIENT],
            input=json.dumps(told),
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)


def turns() -> list[str]:
    """The roles of twenty people, mixed."""
    roles = [role for role, count in ROLES.items() for _ in range(count)]
    return roles[::3] + roles[1::3] + roles[2::3]


@contextlib.contextmanager
def served(database: Database) -> Iterator[int]:
    """The demo's web server on that database, until the block ends; yields its port."""
    port = free_port(8100)
    command = [sys.executable, "-m", "gunicorn", *web_options(port)]
    server = subprocess.Popen(
        [each for each in command if not each.startswith("--access-logfile")],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DEMO": "1", "DATABASE_URL": database.url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until_it_answers(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def wait_until_it_answers(port: int) -> None:
    """Raises TimeoutError when it does not."""
    until = time.monotonic() + START
    while time.monotonic() < until:
        site = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        with contextlib.suppress(OSError), contextlib.closing(site):
            site.request("GET", "/livez")
            if site.getresponse().status == 200:
                return
        time.sleep(0.1)
    raise TimeoutError("The web server did not answer.")
