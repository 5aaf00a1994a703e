"""The demo's mail server: it takes every mail and lets none out."""

import time
from email import message_from_bytes, policy
from pathlib import Path

from mentorship.demo.processes import free_port, say


class Sink:
    """Keeps each mail as a file in `folder` and says one line about it."""

    def __init__(self, folder: Path):
        folder.mkdir(exist_ok=True)
        self.folder = folder

    async def handle_DATA(self, server, session, envelope) -> str:
        mail = message_from_bytes(envelope.content, policy=policy.default)
        file = self.folder / f"{time.time_ns()}.eml"
        file.write_bytes(envelope.content)
        say("mail", f"to {', '.join(envelope.rcpt_tos)}: {mail['subject']} ({file})")
        return "250 Kept, and sent no further"


def start_sink(folder: Path) -> str:
    """Start the sink in a thread of its own and return its EMAIL_URL."""
    from aiosmtpd.controller import Controller

    port = free_port(8025)
    Controller(Sink(folder), hostname="127.0.0.1", port=port).start()
    return f"smtp://127.0.0.1:{port}"
