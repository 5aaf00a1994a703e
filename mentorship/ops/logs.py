"""What a line of the log holds, and what it leaves out."""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime

# A part of an address that is long and no plain id: a signed token or a secret.
SECRET = re.compile(r"/(?![0-9a-f-]{36}(?:/|$))[^/]{20,}")
LEFT_OUT = "/…"
# What Postgres adds to an error: the row at fault, with everything that is in it.
ROWS = re.compile(r"^(?:DETAIL|CONTEXT|LINE \d+):.*$\n?", re.M)
# The request that a line belongs to; empty outside of requests.
request_id: ContextVar[str] = ContextVar("request_id", default="")


class WithoutSecrets(logging.Filter):
    """Keep the links that let somebody in out of the lines about refused requests."""

    def filter(self, record) -> bool:
        path = getattr(getattr(record, "request", None), "path", "")
        cleaned = SECRET.sub(LEFT_OUT, path)
        if cleaned != path:
            record.msg, record.args = record.getMessage().replace(path, cleaned), ()
        return True


class Lines(logging.Formatter):
    """Lines for people, without the rows that a database error shows."""

    def formatException(self, ei) -> str:
        return ROWS.sub("", super().formatException(ei)).rstrip()


class JsonLines(Lines):
    """One JSON object a line: time, level, logger, message, and where there are such
    the request and the notice it is about. Never who asked."""

    def format(self, record) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request": request_id.get(),
            "notice": str(getattr(record, "notice", "")),
            "error": self.formatException(record.exc_info) if record.exc_info else "",
        }
        return json.dumps({key: value for key, value in line.items() if value})
