"""A person at a browser, in short: one session, forms as the page offers them."""

import http.client
import time
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

TOKEN = "f" * 32  # a form is ours when cookie and field agree
NO_ANSWER = 0


@dataclass(frozen=True)
class Answer:
    """What came back: `status` is NO_ANSWER when nothing did."""

    status: int
    seconds: float
    text: str = ""
    location: str = ""

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 400


class Client:
    """Signed in as `user`, or a stranger; each request on a connection of its own."""

    def __init__(self, port: int, user=None, timeout: float = 40):
        self.port, self.timeout = port, timeout
        self.cookies = {"csrftoken": TOKEN}
        if user:
            self.cookies[settings.SESSION_COOKIE_NAME] = signed_in(user)

    def get(self, path: str) -> Answer:
        return self.request("GET", path)

    def post(self, path: str, data: dict | None = None, cookies=True) -> Answer:
        return self.request("POST", path, data or {}, cookies=cookies)

    def request(self, method: str, path: str, data=None, cookies=True) -> Answer:
        began = time.monotonic()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        headers, body = {"Host": f"localhost:{self.port}"}, None
        if cookies:
            pairs = "; ".join(f"{key}={value}" for key, value in self.cookies.items())
            headers |= {"Cookie": pairs, "X-CSRFToken": TOKEN}
        if data is not None:
            body = urlencode(data, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            line.request(method, path, body, headers)
            got = line.getresponse()
            text = got.read().decode(errors="replace")
            location, status = got.getheader("Location", ""), got.status
        except (OSError, http.client.HTTPException):
            text, location, status = "", "", NO_ANSWER
        finally:
            line.close()
        return Answer(status, time.monotonic() - began, text, location)


def signed_in(user) -> str:
    """The key of a new session of this user."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


class Fields(HTMLParser):
    """The fields of a page's largest form as a browser would send them."""

    def __init__(self):
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self.area = self.select = ""

    def handle_starttag(self, tag, attributes):
        have = dict(attributes)
        name = have.get("name") or ""
        if tag == "form":
            self.forms.append({})
        elif not self.forms:
            return
        elif tag == "input" and name:
            chosen = have.get("type") not in ("checkbox", "radio") or "checked" in have
            if chosen and have.get("type") != "submit":
                self.put(name, have.get("value") or "")
        elif tag == "textarea":
            self.area = name
            self.put(name, "")
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in have:
            self.put(self.select, have.get("value") or "")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = ""
        elif tag == "select":
            self.select = ""

    def handle_data(self, data):
        if self.area:
            self.forms[-1][self.area][-1] += data

    def put(self, name: str, value: str) -> None:
        self.forms[-1].setdefault(name, []).append(value)


def form_of(page: str) -> dict[str, list[str]]:
    """{name: values} of the largest form on the page."""
    fields = Fields()
    fields.feed(page)
    return max(fields.forms, key=len)


def log_form(day: date, **fields) -> dict:
    """What one sends to log a session with the least there is to say."""
    scales = {f"{name}-skip": "1" for name in ("confidence", "together", "clarity")}
    return {
        "form_id": str(uuid4()),
        "held_on": day.isoformat(),
        "channel": "video",
        "minutes": "30",
        "topics": ["wellbeing"],
        "promises-TOTAL_FORMS": "3",
        "promises-INITIAL_FORMS": "0",
        **scales,
        **fields,
    }


def log_address(pair) -> str:
    return reverse("home:log", args=[pair.pk])
