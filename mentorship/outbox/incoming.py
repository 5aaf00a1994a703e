"""Mail to us for machines: what came back (RFC 3464), and "stop" (RFC 2369).

Anybody can send such a mail, so both must know something that only our own mail said:
its Message-ID, or the signed token of its reader and kind.
"""

from datetime import datetime, timedelta
from email import message_from_bytes, message_from_string, policy
from email.message import EmailMessage

from django.core import signing

from mentorship.accounts.models import User

from .actions.bounces import note_bounce
from .actions.preferences import turn_off
from .letter import STOP, UNSUBSCRIBE, message_id
from .models import Bounce, Kind, Notice

MOST = 256 * 1024  # bytes that are looked at
LATELY = timedelta(days=30)


def read(content: bytes, *, at: datetime) -> str:
    """Do what a mail to us asks for; says in a word what that was."""
    mail: EmailMessage = message_from_bytes(content[:MOST], policy=policy.default)
    if stop(mail, at):
        return "stopped"
    if mail.get_content_type() == "multipart/report" and came_back(mail, at):
        return "bounced"
    return "ignored"


def stop(mail: EmailMessage, at: datetime) -> bool:
    """Turn a kind off for whoever the token in the subject was made for."""
    subject = str(mail.get("subject", ""))
    if not subject.startswith(STOP):
        return False
    try:
        signed = UNSUBSCRIBE.unsign_object(subject.removeprefix(STOP).strip())
    except signing.BadSignature:
        return False
    user = User.objects.filter(pk=signed["user"]).first()
    if user is None:
        return False
    turn_off(user, Kind(signed["kind"]), at=at)
    return True


def came_back(mail: EmailMessage, at: datetime) -> bool:
    """Count a report of failure about one of our own mails of the last thirty days."""
    try:
        report, about = facts_of(mail), original_id(mail)
    except (LookupError, ValueError):  # what anybody sends may be broken in any way
        return False
    status = report.get("status", "")
    weight = {"5": Bounce.Weight.HARD, "4": Bounce.Weight.SOFT}.get(status[:1])
    if report.get("action") != "failed" or not weight or not about:
        return False
    address = report.get("final-recipient", "").rpartition(";")[2].strip().lower()
    user = User.objects.filter(email=address).first()
    if user is None or about not in sent_lately_to(user, at):
        return False
    words = report.get("diagnostic-code", status)[:300]
    note_bounce(user, message=about, weight=weight, words=words, at=at)
    return True


def sent_lately_to(user, at: datetime) -> set[str]:
    sent = Notice.objects.filter(recipient=user, sent_at__gt=at - LATELY)
    return {message_id(notice) for notice in sent}


def facts_of(mail: EmailMessage) -> dict[str, str]:
    """The fields of a delivery report about its recipient, names in lower case and
    without NUL, which the database does not take."""
    found = {}
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status":
            for block in part.get_payload():
                for name, value in block.items():
                    found[name.lower()] = str(value).replace("\0", "")
    return found


def original_id(mail: EmailMessage) -> str:
    """The Message-ID of the mail that a report sends back, whole or its headers."""
    for part in mail.walk():
        if part.get_content_type() == "message/rfc822":
            return str(part.get_payload(0).get("message-id", "")).strip()
        if part.get_content_type() == "text/rfc822-headers":
            headers = message_from_string(str(part.get_payload()))
            return str(headers.get("message-id", "")).strip()
    return ""
