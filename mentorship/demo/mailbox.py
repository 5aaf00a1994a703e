"""The mails that the demo's sink has kept, read from its folder."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

FOLDER = Path(settings.STATE) / "mail"
NEWEST = 100


@dataclass(frozen=True)
class Letter:
    """A mail as it arrived; its number is the nanosecond at which it did."""

    number: int
    mail: EmailMessage

    @property
    def arrived_at(self) -> datetime:
        return datetime.fromtimestamp(self.number / 1e9, tz=UTC)

    @property
    def to(self) -> str:
        return str(self.mail["To"])

    @property
    def subject(self) -> str:
        return str(self.mail["Subject"])

    @property
    def has_html(self) -> bool:
        return self.mail.get_body(("html",)) is not None

    def body(self, kind: str) -> str:
        """The "plain" or "html" part; empty when there is none."""
        part = self.mail.get_body((kind,))
        return part.get_content() if part else ""


def letters() -> list[Letter]:
    """The newest mails first, a hundred at most."""
    numbers = [int(file.stem) for file in FOLDER.glob("*.eml") if file.stem.isdigit()]
    found = [letter(number) for number in sorted(numbers, reverse=True)[:NEWEST]]
    return [each for each in found if each]


def letter(number: int) -> Letter | None:
    """The mail of that number, or None."""
    try:
        content = (FOLDER / f"{number}.eml").read_bytes()
    except OSError:  # there is none, or no file can have such a name
        return None
    return Letter(number, message_from_bytes(content, policy=policy.default))
