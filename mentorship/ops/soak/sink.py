"""A mail server in its own process that writes down every mail, and can misbehave.

What it took is kept line by line before it answers, so that a sender's death between
sending and marking shows. How it behaves is read from a file before every mail.
"""

import asyncio
import json
import logging
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes
from pathlib import Path
from typing import Any

from mentorship.demo.processes import free_port


def port_of_ours() -> int:
    """A free port that a run beside this one would not choose: it is bound only when
    its process is up."""
    return free_port(10_000 + os.getpid() * 37 % 20_000)


class Sink:
    """The sink as its owner sees it. Modes: `ok`; `slow` (answers after `seconds`);
    `4xx`, `5xx` at RCPT; `hang` (answers a recipient never); `drop` (takes the mail and
    closes the line without an answer). `only` limits a mode to addresses that begin
    so."""

    def __init__(self, folder: Path, python: Callable):
        """`python` starts a process; see `Ground.python`."""
        self.folder, self.python = folder, python
        self.taken, self.mode = folder / "taken.jsonl", folder / "mode.json"
        self.port = port_of_ours()
        self.process: Any = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.folder.mkdir(exist_ok=True)
        if not self.mode.exists():
            self.behave("ok")
        self.process = self.python(
            *("-m", __name__, str(self.folder), str(self.port)),
            env={},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        if not self.process.stdout.readline():
            raise RuntimeError("The mail sink did not start; it needs aiosmtpd.")

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process.stdout.close()
            self.process = None

    def behave(self, mode: str, *, seconds: float = 0, only: str = "") -> None:
        unfinished = self.mode.with_suffix(".new")
        unfinished.write_text(
            json.dumps({"mode": mode, "seconds": seconds, "only": only})
        )
        unfinished.rename(self.mode)

    def mails(self) -> list[dict]:
        """Every mail it took, in order: `id` (Message-ID), `to`, `at` (seconds)."""
        if not self.taken.exists():
            return []
        return [json.loads(line) for line in self.taken.read_text().splitlines()]

    def repeats(self) -> int:
        """How many mails came once more, by Message-ID."""
        return sum(n - 1 for n in Counter(mail["id"] for mail in self.mails()).values())


class Handler:
    """What aiosmtpd asks."""

    def __init__(self, folder: Path):
        self.mode = folder / "mode.json"
        self.taken = os.open(
            folder / "taken.jsonl", os.O_APPEND | os.O_CREAT | os.O_WRONLY
        )

    def mode_for(self, address: str) -> tuple[str, float]:
        told = json.loads(self.mode.read_text())
        applies = address.startswith(told["only"])
        return (told["mode"], told["seconds"]) if applies else ("ok", 0)

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        mode, _ = self.mode_for(address)
        if mode == "5xx":
            return "550 5.1.1 No such person here"
        if mode == "4xx":
            return "451 4.3.0 Come back later"
        if mode == "hang":
            await asyncio.sleep(600)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
        mode, seconds = self.mode_for(envelope.rcpt_tos[0])
        mail = message_from_bytes(envelope.content)
        line = {
            "id": mail["Message-ID"].strip(),
            "to": envelope.rcpt_tos[0],
            "at": time.time(),
        }
        os.write(self.taken, json.dumps(line).encode() + b"\n")
        if mode == "drop":
            server.transport.abort()
        await asyncio.sleep(seconds)
        return "250 Kept"


async def serve(folder: Path, port: int) -> None:
    from aiosmtpd.smtp import SMTP

    def protocol() -> SMTP:
        return SMTP(Handler(folder), enable_SMTPUTF8=True, loop=loop)

    loop = asyncio.get_running_loop()
    server = await loop.create_server(protocol, "127.0.0.1", port)
    print("ready", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2])))
