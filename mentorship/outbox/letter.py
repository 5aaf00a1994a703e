"""A notice as a mail: rendered when it is sent, in the reader's language and zone."""

import logging
import re
from datetime import datetime
from urllib.parse import quote

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from . import calendar
from .models import Kind, Notice
from .site import host

ISO = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d.*)?")
DIGEST = "outbox/digest"
STOP = "stop:"
logger = logging.getLogger(__name__)
MESSAGE = "outbox.message_id"
UNSUBSCRIBE = signing.Signer(salt="outbox.unsubscribe")


class NothingLeft(Exception):
    """Of what a mail was to tell, nothing is waiting any more."""


def compose(notice: Notice, *, at: datetime | None = None) -> EmailMultiAlternatives:
    """The mail of a notice as of `at`: text and HTML with the same facts. Raises
    NothingLeft, and whatever its templates raise."""
    reader = notice.recipient
    with translation.override(reader.language), timezone.override(reader.tz):
        context = words_for(notice)
        if notice.template == DIGEST:
            context["lines"] = lines_of(notice, at or timezone.now())
        subject, body = text_of(notice.template, context)
        context["subject"] = subject
        html = render_to_string(f"emails/{notice.template}.html", context)
    mail = EmailMultiAlternatives(
        subject=subject,
        body=re.sub(r"\n{3,}", "\n\n", body.strip()) + "\n",
        to=[reader.email],
        reply_to=[notice.context["reply_to"]] if "reply_to" in notice.context else [],
        headers=headers_of(notice),
    )
    mail.attach_alternative(html, "text/html")
    if facts := notice.context.get("calendar"):
        attach_invitation(mail, facts)
    return mail


def text_of(template: str, context: dict) -> tuple[str, str]:
    """The subject and the body of a mail in text."""
    text = render_to_string(f"emails/{template}.txt", context)
    subject, _line, body = text.strip().partition("\n")
    return " ".join(subject.split()), body  # a header is one line


def lines_of(notice: Notice, at: datetime) -> list[dict]:
    """What a digest lists, `{"words", "url"}` each: the subjects of the reminders that
    were folded into it and still have time. Raises NothingLeft when none has."""
    rows = [row for row in notice.folded.still_folded(at) if row.recipient_id]
    if not rows:
        raise NothingLeft
    return [line_of(row, notice.recipient) for row in rows]


def line_of(row: Notice, reader) -> dict:
    """A reminder in one line. One whose template is broken is named by its kind, so
    that it does not spoil the others."""
    row.recipient = reader
    url = settings.SITE_URL + row.context.get("path", "/")
    context = words_for(row)
    try:
        if row.template == DIGEST:
            context["lines"] = list(row.folded.all())
        words, _body = text_of(row.template, context)
    except Exception as error:  # its words may hold all that the mail knows
        logger.warning("Notice %s has no subject: %s", row.pk, type(error).__name__)
        words = row.get_kind_display()
    return {"words": words, "url": url}


def attach_invitation(mail: EmailMultiAlternatives, facts: dict) -> None:
    """Add an appointment, its update or its end: as an alternative, which most mail
    programs offer to the calendar, and as a file for those that see only files."""
    method, event = facts["method"], calendar.Event.of(facts, attended=True)
    text = calendar.render([event], method=method, at=timezone.now())
    # Django names the charset itself; named here it would be there twice.
    mail.attach_alternative(text, f"text/calendar; method={method}")
    mail.attach("invite.ics", text.encode(), "application/ics")


def words_for(notice: Notice) -> dict:
    """What a template may name: the notice's own context with its days and moments as
    such, the reader, and absolute addresses."""
    own = {name: revived(value) for name, value in notice.context.items()}
    address = unsubscribe_url(notice.recipient_id, notice.kind)
    optional = notice.kind in Kind.optional()
    return own | {
        "recipient": notice.recipient,
        "site_url": settings.SITE_URL,
        "url": settings.SITE_URL + notice.context.get("path", "/"),
        "organization": settings.ORGANIZATION,
        "why": why(notice),
        "unsubscribe_url": address if optional else "",
        "fewer_url": address if optional else "",
    }


def revived(value):
    """A day or a moment that JSON keeps as ISO text, as itself; others unchanged."""
    if not isinstance(value, str) or not ISO.fullmatch(value):
        return value
    try:
        found = parse_date(value) if len(value) == 10 else parse_datetime(value)
    except ValueError:  # somebody's own words that look like a day
        return value
    return found or value


def why(notice: Notice) -> str:
    """Why this person gets this mail."""
    if program := notice.context.get("program"):
        return _("Sent because you take part in %(program)s.") % {"program": program}
    return _("Sent because you have an account here.")


def headers_of(notice: Notice) -> dict:
    """The headers that make it recognizable, quiet towards robots, and easy to stop."""
    headers = {
        "Message-ID": message_id(notice),
        "Content-Language": notice.recipient.language,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if notice.kind in Kind.optional():
        address = unsubscribe_url(notice.recipient_id, notice.kind)
        headers |= {
            "List-Id": f"<{notice.kind}.{host()}>",
            "List-Unsubscribe": ways_to_stop(notice, address),
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return headers


def ways_to_stop(notice: Notice, address: str) -> str:
    """The link, and where mail to us is read also a mail: some programs know only that
    (RFC 2369, RFC 8058)."""
    if not settings.INBOUND_ADDRESS:
        return f"<{address}>"
    token = address.rstrip("/").rpartition("/")[2]
    subject = quote(f"{STOP}{token}")
    return f"<{address}>, <mailto:{settings.INBOUND_ADDRESS}?subject={subject}>"


def message_id(notice: Notice) -> str:
    """The same for every attempt, so that a mail system can drop a twin. Logs of mail
    servers show it, so it does not say that a mail is about a concern. Whoever knows a
    mail's key cannot work it out: only its reader can say that it came back."""
    kind = notice.kind if notice.kind in Kind.optional() else Kind.ACCOUNT
    digest = salted_hmac(MESSAGE, notice.key, algorithm="sha256").hexdigest()[:40]
    return f"<{kind}.{digest}@{host()}>"


def unsubscribe_url(user_id, kind: str) -> str:
    """An address that needs no sign-in and says who and which kind, signed."""
    token = UNSUBSCRIBE.sign_object({"user": str(user_id), "kind": kind})
    return settings.SITE_URL + reverse("outbox:unsubscribe", args=[token])
