"""What the log leaves out."""

import logging
import re

# A part of an address that is long and no plain id: a signed token or a secret.
SECRET = re.compile(r"/(?![0-9a-f-]{36}(?:/|$))[^/]{20,}")
LEFT_OUT = "/…"


class WithoutSecrets(logging.Filter):
    """Keep the links that let somebody in out of the lines about refused requests."""

    def filter(self, record) -> bool:
        path = getattr(getattr(record, "request", None), "path", "")
        cleaned = SECRET.sub(LEFT_OUT, path)
        if cleaned != path:
            record.msg, record.args = record.getMessage().replace(path, cleaned), ()
        return True
