"""How the settings read the environment."""

import os
from urllib.parse import parse_qsl, unquote, urlsplit


def flag(name: str, default: bool = False) -> bool:
    """Whether a variable says yes; `default` where it says nothing."""
    value = os.environ.get(name, "")
    return value.lower() in {"1", "true", "yes", "on"} if value else default


def words(name: str, default: str = "") -> list[str]:
    """What a variable lists, with spaces or commas between."""
    return [w for w in os.environ.get(name, default).replace(",", " ").split() if w]


def database(url: str) -> dict:
    """Django's words for `postgresql://user:password@host:port/name?host=/socket`."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
    }


def as_role(base: dict, role: str) -> dict:
    """The same database under another role, for a server that trusts its socket. A
    password is of one role only."""
    return {**base, "USER": role, "PASSWORD": "", "OPTIONS": dict(base["OPTIONS"])}
