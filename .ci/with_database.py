"""Run a command against an embedded database of its own, migrated and empty.

    python .ci/with_database.py <command> [arguments]

The command runs as `web`. Everything is removed afterwards.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mentorship.demo import embedded


def main(command: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        server = embedded.Postgres(Path(folder), durable=False).start()
        try:
            server.provision()
            migrate = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
            subprocess.run(migrate, env=environment(folder, "owner"), check=True)
            return subprocess.run(command, env=environment(folder, "web")).returncode
        finally:
            server.stop()
            server.wipe()


def environment(folder: str, role: str) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": embedded.database_url(Path(folder), role)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
