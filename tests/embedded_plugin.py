"""One throw-away Postgres for every test run in this checkout.

Loaded early (`-p tests.embedded_plugin`), because pytest-django reads the settings
before any conftest. The first run starts the server, others join it, the last one to
leave stops it. Each run has its own database; see tests/database.py.
"""

import atexit
import fcntl
import os
import tempfile
from pathlib import Path

from mentorship.demo import embedded

CHECKOUT = Path(__file__).resolve().parent.parent
STATE = Path(os.environ.get("RECIPROCAL_STATE", CHECKOUT / ".state")) / "tests"
# What the caller's shell may hold for the demo or for production must not leak in.
KNOBS = (
    "DEMO",
    "DEBUG",
    "SECRET_KEY",
    "SEALING_KEYS",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "EMAIL_URL",
)
URLS = ("REDIS_URL", "PUBLISHER_DATABASE_URL", "STEER_DATABASE_URL")


def join_server() -> None:
    """Start or join the server, and stop it at exit unless another run still uses it.

    The shared lock is held as long as this process lives: the kernel drops it even
    after a kill, so a later run finds out that nobody is left.
    """
    server = embedded.Postgres(STATE, durable=False)
    users = open(STATE / "users.lock", "w")  # noqa: SIM115  kept open until exit
    fcntl.flock(users, fcntl.LOCK_SH)
    server.start()

    def leave() -> None:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        server.stop()

    atexit.register(leave)


def point_settings_at(name: str) -> None:
    """Let this process, and those it starts, use the test database `name` as `web`."""
    for knob in (*KNOBS, *URLS):
        os.environ.pop(knob, None)
    os.environ["DATABASE_URL"] = embedded.database_url(STATE, "web", name)
    os.environ["RECIPROCAL_TEST_OWNER_URL"] = embedded.database_url(
        STATE, "owner", name
    )
    # Superuser, for what a test must look at or put back behind the policies' back.
    os.environ["RECIPROCAL_TEST_ADMIN_URL"] = embedded.database_url(
        STATE, "postgres", name
    )
    os.environ["RECIPROCAL_TEST_DATABASE"] = name
    os.environ["PLAIN_STATIC"] = "1"
    os.environ["MAIL_PER_SECOND"] = "0"  # no test waits for a pace it did not ask for
    # Uploaded files go where nobody keeps them.
    files = tempfile.TemporaryDirectory(prefix="files-")
    atexit.register(files.cleanup)
    os.environ["FILES_DIR"] = files.name


if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    point_settings_at(f"{os.environ['RECIPROCAL_TEST_DATABASE']}_{worker}")
else:
    join_server()
    point_settings_at(f"test_{os.getpid()}")
