"""The connection to the mail server, and what its refusals mean."""

import smtplib
from contextlib import suppress
from datetime import datetime

from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils.encoding import force_str

from ..models import Gate

AT_THE_DOOR = (
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
)
CLOSING = 421  # "service not available, closing"


class Post:
    """One connection to the mail server. When it cannot be reached, `down` holds the
    error, and nothing else is tried through this connection."""

    def __init__(self):
        self.connection = get_connection()
        self.down: OSError | None = None
        self.slow: set[str] = set()

    def send(self, mail: EmailMultiAlternatives, domain: str, at: datetime) -> None:
        """Raises OSError, of which every SMTP error is a kind. All senders learn of a
        server that is away; a domain that kept us waiting is `slow` from then on."""
        try:
            self.connection.open()
        except OSError as error:
            self.down = error
            Gate.objects.failed(at)
            raise
        try:
            self.connection.send_messages([mail])
        except Exception as error:
            self.close()
            if isinstance(error, TimeoutError):
                self.slow.add(domain)
            if is_away(error):
                Gate.objects.failed(at)
            raise

    def close(self) -> None:
        with suppress(OSError):
            self.connection.close()


def is_away(error: Exception) -> bool:
    """Whether the server was not there, or went away, rather than said no."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code == CLOSING for code, _words in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code == CLOSING or isinstance(error, AT_THE_DOOR)
    return isinstance(error, OSError)


def is_for_now(error: Exception) -> bool:
    """Whether the server asked to try again later (a 4xx answer)."""
    return all(400 <= code < 500 for code, _words in answers(error) or [(0, b"")])


def answers(error: Exception) -> list[tuple[int, bytes]]:
    """What the server answered: (code, words) for each address, or none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return list(error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return [(error.smtp_code, force_str(error.smtp_error).encode())]
    return []


def said(error: Exception) -> str:
    """What went wrong: the mail server's own words where it had any."""
    found = answers(error)
    if not found:
        return f"{type(error).__name__}: {error}"
    return "; ".join(f"{code} {force_str(words)}" for code, words in found)
