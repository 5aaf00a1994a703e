"""PostgreSQL and Redis of our own: no root, no Docker, no ports.

Both listen on a Unix socket in a folder that only this account may enter. The folder's
name follows from the state folder, so a second terminal finds the servers without being
told. The binaries come with two packages that carry them, or from the system.
"""

from .addresses import SHORT, broker_url, database_url, redis_url, socket_folder
from .postgres import (
    LOCALE,
    ROLES,
    ROOMY,
    Postgres,
    postgres_binaries,
    postgres_version,
    readable_copy,
    temporary_postgres,
)
from .redis import Redis, redis_binary
from .server import (
    Server,
    ServerFailed,
    command_line,
    exists,
    locked,
    private_folder,
)

__all__ = [
    "LOCALE",
    "ROLES",
    "ROOMY",
    "SHORT",
    "Postgres",
    "Redis",
    "Server",
    "ServerFailed",
    "broker_url",
    "command_line",
    "database_url",
    "exists",
    "locked",
    "postgres_binaries",
    "postgres_version",
    "private_folder",
    "readable_copy",
    "redis_binary",
    "redis_url",
    "socket_folder",
    "temporary_postgres",
]
