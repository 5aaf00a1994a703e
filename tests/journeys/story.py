"""What the people of a story do, in a browser or by the same actions."""

import io
import re
from datetime import UTC, datetime
from html import unescape
from urllib.parse import urlsplit

import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from mentorship.accounts.models import User
from mentorship.charter.actions import acknowledge
from mentorship.outbox import actions as outbox
from mentorship.participants.actions import accept_invitation, complete_orientation
from tests.browser import sign_in

LINK = re.compile(r'href="(/(?!static/)[^"#]*)')


def on(day, hour=9, tick=True):
    """Lets a test happen at that hour (UTC) of a day; the clock goes on, or stands."""
    moment = datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC)
    return time_machine.travel(moment, tick=tick)


class Story:
    """One site, its mail, and windows on it for whoever is looking."""

    def __init__(self, site):
        self.site = site
        self.mails = []

    def window(self, new_page, person, width="desktop", **options):
        """A page that `person` is signed in to, on their first page."""
        page = new_page(width, **options)
        sign_in(page, self.site, person)
        page.goto(self.site.url)
        return page

    def deliver(self):
        """Send what is due, and keep it."""
        outbox.sweep(timezone.now())
        self.mails += mail.outbox
        mail.outbox.clear()

    def mails_to(self, person, about=""):
        """The mails to one person whose subject has these words, oldest first."""
        to = [person.email]
        return [m for m in self.mails if m.to == to and about in m.subject]

    def mails_about(self, words):
        return [letter for letter in self.mails if words in letter.subject]

    def link_to(self, person, about):
        """The address in the newest mail to a person about something."""
        letter = self.mails_to(person, about)[-1]
        return re.search(rf"{re.escape(self.site.url)}/\S+", letter.body)[0]

    def night(self, day):
        """What `manage.py night --date` does, and then the mail."""
        call_command("night", date=day, stdout=io.StringIO())
        self.deliver()

    def everything_read_by(self, person, but=()):
        """Every page and export that `person` can follow links to, as plain text, but
        for addresses with one of these parts."""
        client = Client()
        client.force_login(person)
        waiting, seen, texts = ["/", "/settings/", "/settings/mail/"], set(), {}
        while waiting:
            path = waiting.pop()
            if path in seen or any(part in path for part in but):
                continue
            seen.add(path)
            answer = client.get(path)
            if answer.status_code == 302:
                waiting.append(urlsplit(answer.url).path)
                continue
            assert answer.status_code == 200, f"{path}: {answer.status_code}"
            if not answer["Content-Type"].startswith("text/"):
                continue  # the same rows as in the CSV beside it
            texts[path] = unescape(answer.text)
            waiting += [unescape(found) for found in LINK.findall(answer.text)]
        return texts


def person(email) -> User:
    return User.objects.get(email=email)


def everybody_joins(cohort):
    """Whoever is invited joins, reads the orientation and agrees to the charter."""
    at, charter = timezone.now(), cohort.program.in_force
    for place in cohort.participants.filter(state="invited").select_related("user"):
        accept_invitation(place, number=place.invitation, at=at)
        complete_orientation(place, at=at)
        acknowledge(place.user, charter, language="en", at=at)


def without_names(words, people):
    """The lines of a text, the same for whoever of these people reads it."""
    for one in people:
        words = words.replace(one.name, "someone").replace(one.short_name, "someone")
    return [line for line in words.splitlines() if "http" not in line]
