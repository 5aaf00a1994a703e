"""A restore on a new cluster, as if the old one were lost, and what it would send."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage

from mentorship.demo.embedded import temporary_postgres

from . import server
from .bring_back import Restored, addresses, restore

NAME = "reciprocal"
SENT = """
    select count(*) filter (where state in ('sent', 'sending')), sum(attempts)
    from outbox_notice
"""
SWEEP = (
    "import django; django.setup(); from mentorship.outbox import tasks; tasks.sweep()"
)
# Should a mail go out in spite of everything, it reaches nobody.
NOBODY = "smtp://127.0.0.1:1"


def rehearse(folder: Path) -> Restored:
    """Bring a backup back on a new cluster, with its files in a new place, and let a
    sender look for mail there: it must find none. Nothing stays behind. Raises
    ServerFailed where Postgres itself is not installed."""
    with tempfile.TemporaryDirectory() as place, temporary_postgres() as cluster:
        url = cluster.url(name=NAME)
        found = restore(folder, url, FileSystemStorage(location=place))
        with found.timed("sweep"):
            found.differences += mail_that_left(url)
    return found


def mail_that_left(url: str) -> list[str]:
    """What a sender tried to send from a restored database."""
    with server.connect(url) as database:
        before = database.execute(SENT).fetchone()
    environment = (
        os.environ | addresses(server.name_of(url), url) | {"EMAIL_URL": NOBODY}
    )
    done = subprocess.run(
        [sys.executable, "-c", SWEEP],
        cwd=settings.BASE_DIR,
        env=environment | {"DJANGO_SETTINGS_MODULE": "mentorship.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        return [f"sweep: {done.stderr[-500:]}"]
    with server.connect(url) as database:
        after = database.execute(SENT).fetchone()
    return [] if before == after else [f"mail: {before} sent and tried became {after}"]
