"""The figures as docs/benchmarks/outbox.md."""

from pathlib import Path

from django.utils import timezone

from mentorship.ops.bench.pairing.machine import machine

from .bench import Found

PAGE = """# Delivering mail

{mails:,} check-in mails fall due within one minute. {senders} senders drain them into
a mail server that takes one mail after the other, each in {milliseconds:g} ms{stopped}.
*The server's own pace* is as many bare connections, which hand over a mail of the same
length again and again: nobody claims, writes or marks anything there.

| what | figure |
|---|---|
{rows}

Each sender claims twenty mails in one short transaction, writes and sends them one
after the other, and marks each by itself. While the server takes one sender's mail, the
other writes and marks: two reach the server's pace as long as that takes no longer than
the server. Claims follow one another. A sender keeps its connection to the mail server
from mail to mail. As long as the server is taking mail, nothing that senders do better
would send more.

Measured on {day} by

```sh
DEMO=1 .venv/bin/python manage.py bench outbox --mails {mails} \\
    --milliseconds {milliseconds:g} --senders {senders} --seconds {seconds:g} --write
```

on this machine:

| | |
|---|---|
{machine}
"""


def write(found: Found, folder: Path) -> Path:
    """Write the page and say where it is."""
    page = folder / "outbox.md"
    page.write_text(
        PAGE.format(
            mails=found.mails,
            senders=found.senders,
            milliseconds=found.milliseconds,
            seconds=found.seconds,
            stopped=f", for {found.seconds:g} s" if found.seconds else "",
            rows=table(found.figures),
            day=timezone.now().date(),
            machine=table(machine()),
        )
    )
    return page


def table(rows: dict) -> str:
    return "\n".join(f"| {name} | {value} |" for name, value in rows.items())
