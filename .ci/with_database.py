"""Run a command against an embedded database of its own, migrated and empty.

    python .ci/with_database.py <command> [arguments]

The command runs as `web`. Everything is removed afterwards.
"""

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mentorship.demo.embedded import Postgres, temporary_postgres


def main(command: list[str]) -> int:
    with temporary_postgres(durable=False) as server:
        server.provision()
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
        subprocess.run(migrate, env=environment(server, "owner"), check=True)
        return subprocess.run(command, env=environment(server, "web")).returncode


def environment(server: Postgres, role: str) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": server.url(role, "reciprocal")}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
