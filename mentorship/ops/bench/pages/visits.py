"""Opening a page as the web server does, and what that costs the processors.

Time on the wall tells more of a machine's neighbors than of a page. Here it is the time
on a processor of this process and of the Postgres processes that serve it.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.test import RequestFactory, override_settings

SIGNED_IN = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
SITE = override_settings(ROOT_URLCONF="mentorship.ops.bench.pages.empty")


class NotThere(Exception):
    """A page did not answer as when all is well; its time would say nothing."""


@dataclass(frozen=True)
class Cost:
    """Milliseconds on a processor."""

    python: float
    postgres: float

    @property
    def whole(self) -> float:
        return self.python + self.postgres


class Visitor:
    """Somebody signed in, by the whole middleware of the settings or a list of their
    own. Every request is new; connections stay, as with a worker of gunicorn."""

    def __init__(self, session_key: str, middleware=None):
        with override_settings(MIDDLEWARE=middleware or settings.MIDDLEWARE):
            self.site = WSGIHandler()
        host = settings.ALLOWED_HOSTS[0].lstrip(".")
        cookie = f"{settings.SESSION_COOKIE_NAME}={session_key}"
        self.factory = RequestFactory(SERVER_NAME=host, HTTP_COOKIE=cookie)

    def open(self, address: str) -> bytes:
        """The page's bytes. Raises NotThere."""
        request = self.factory.get(address, secure=settings.HTTPS).environ
        request["wsgi.input"] = BytesIO()
        told: list[str] = []

        def start(status, headers, failed=None, /) -> Callable[[bytes], object]:
            told.append(status)
            return lambda content: None

        answer = self.site(request, start)
        try:
            content = b"".join(answer)
        finally:
            answer.close()
        if not told[0].startswith("200"):
            raise NotThere(f"{address} answered {told[0]}.")
        return content

    def cost(self, address: str) -> Cost:
        """What opening the page takes."""
        before, began = in_postgres(), time.process_time()
        self.open(address)
        python = time.process_time() - began
        time.sleep(0.0005)  # Postgres clears up behind its answer
        return Cost(1e3 * python, 1e3 * (in_postgres() - before))


def in_postgres() -> float:
    """Seconds on a processor, so far, of the Postgres processes of our connections."""
    pids = [
        each.connection.info.backend_pid
        for each in connections.all()
        if each.connection is not None
    ]
    return sum(seconds_of(pid) for pid in pids)


def seconds_of(pid: int) -> float:
    """Linux counts a process's time in nanoseconds."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
