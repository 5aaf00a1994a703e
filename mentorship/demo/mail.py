"""The demo's mail server: it takes every mail and lets none out."""

import logging
import time
from email import message_from_bytes, policy
from pathlib import Path

from aiosmtpd.controller import Controller

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


def start_sink(folder: Path) -> tuple[Controller, str]:
    """Start the sink in a thread of its own; return it and its EMAIL_URL."""
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    port = free_port(8025)
    sink = Controller(Sink(folder), hostname="127.0.0.1", port=port)
    sink.start()
    return sink, f"smtp://127.0.0.1:{port}"
