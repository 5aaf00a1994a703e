"""Where the servers of a state folder listen. Asking starts nothing."""

import hashlib
import os
import tempfile
from pathlib import Path
from urllib.parse import quote

# A fixed folder, because TMPDIR may differ between two terminals, and a short one,
# because a socket's path may have no more than 107 bytes.
SHORT = Path("/tmp") if os.access("/tmp", os.W_OK) else Path(tempfile.gettempdir())


def fingerprint(path: Path) -> str:
    return hashlib.sha256(str(Path(path).resolve()).encode()).hexdigest()[:12]


def socket_folder(state: Path, server: str) -> Path:
    return SHORT / f"reciprocal-{server}-{os.getuid()}-{fingerprint(state)}"


def database_url(state: Path, role: str = "web", name: str = "reciprocal") -> str:
    """Where the embedded Postgres of `state` listens, as `role`. Starts nothing."""
    return f"postgresql://{role}@/{name}?host={quote(str(socket_folder(state, 'pg')))}"


def redis_url(state: Path) -> str:
    """Where the embedded Redis of `state` listens. Starts nothing."""
    return f"unix://{quote(str(socket_folder(state, 'redis')))}/redis.sock?db=0"


def broker_url(url: str) -> str:
    """The same Redis in Celery's words, which differ for a socket."""
    if not url.startswith("unix://"):
        return url
    return url.replace("unix://", "redis+socket://", 1).replace(
        "?db=", "?virtual_host="
    )
