"""A site that lives as long as its module, so that tests can follow one another."""

import os

import pytest
from django.db import connections
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

from mentorship.demo import mailbox
from tests.journeys import demo_urls
from tests.journeys.sample import Sample


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """A live server on the module's own data; every table is put back at the end."""
    from tests import database

    with django_db_blocker.unblock():
        before = database.Contents()
        server = LiveServer("localhost")
        with override_settings(SITE_URL=server.url):
            yield server
        server.stop()
        connections.close_all()
        before.restore()


@pytest.fixture(scope="session")
def tell_once(tmp_path_factory, django_db_setup):
    """`tell_once(name, tell)` calls `tell` in the first worker that needs it; whoever
    comes later has copies of what it wrote."""
    from tests import database

    of_this_run = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        of_this_run = of_this_run.parent
    return lambda name, tell: database.tell_once(of_this_run / f"told-{name}", tell)


@pytest.fixture(scope="module")
def sample(site, tell_once, tmp_path_factory):
    """The sample program on a site that runs as in the demo."""
    demo = override_settings(DEMO=True, ROOT_URLCONF=demo_urls.__name__)
    patch = pytest.MonkeyPatch()
    patch.setattr(mailbox, "FOLDER", tmp_path_factory.mktemp("mail"))
    with demo:
        sample = Sample(tell_once)
        sample.keep_a_letter(mailbox.FOLDER)
        yield sample
    patch.undo()
