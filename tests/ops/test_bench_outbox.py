"""The bench of the outbox delivers with real senders, small, and writes its page."""

import os
from contextlib import contextmanager

import pytest

from mentorship.demo.processes import free_port
from mentorship.ops.bench.outbox import page
from mentorship.ops.bench.outbox.bench import OutboxBench, start_sink
from mentorship.outbox.models import Notice

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def here(milliseconds):
    """This run's own database instead of a server of the bench's own."""
    port = free_port(18425)
    sink = start_sink(port, milliseconds)
    env = {"DJANGO_SETTINGS_MODULE": "mentorship.settings", "DEMO": "1"}
    env["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
    try:
        yield os.environ | env, os.environ["RECIPROCAL_TEST_ADMIN_URL"]
    finally:
        sink.kill()
        sink.wait()


def test_a_sender_delivers_each_mail_once_and_the_page_says_how_fast(tmp_path):
    said = []
    found = OutboxBench(said.append, on=here).run(30, milliseconds=1, senders=1)
    assert found.sent == 30
    assert Notice.objects.filter(state="sent", attempts=1).count() == 30
    for notice in Notice.objects.all():
        assert notice.due_at <= notice.claimed_at <= notice.sent_at
    written = page.write(found, tmp_path).read_text()
    assert "| mails sent | 30 of 30 |" in written
    assert "| writing one, milliseconds | " in written
    assert "manage.py bench outbox --mails 30" in written
