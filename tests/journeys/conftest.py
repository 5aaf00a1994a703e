"""A site that lives as long as its module, so that tests can follow one another."""

import pytest
from django.db import connections
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer


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
