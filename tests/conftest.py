"""What every test gets: a database as `web`, a clean cache, and no broker."""

import gc
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase

from tests.browser import BROWSER, chromium, new_page

__all__ = ["chromium", "new_page"]  # one Chromium for the whole run

JOURNEYS = Path(__file__).parent / "journeys"

settings.CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


# The same examples every time, so that a change is never refused for what it did not
# touch; `dev.py test --all` looks for new ones. A slow machine is no mistake.
hypothesis.settings.register_profile(
    "the same", derandomize=True, database=None, deadline=None
)


def pytest_configure(config) -> None:
    if "full or" not in config.option.markexpr:
        hypothesis.settings.load_profile("the same")


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end, and looking through it for garbage again
    and again would take a good part of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    return True if collection_path == JOURNEYS and not BROWSER else None


def pytest_terminal_summary(terminalreporter) -> None:
    if not BROWSER:
        terminalreporter.write_line(
            "Browser tests were skipped: no Chromium on PATH when dev.py last looked."
        )


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    from tests import database

    with django_db_blocker.unblock():
        database.create()
        contents = database.Contents()
        refuse_powerful_role()
    patch = pytest.MonkeyPatch()
    patch.setattr(
        TransactionTestCase, "_fixture_teardown", lambda case: contents.restore()
    )
    yield
    patch.undo()
    with django_db_blocker.unblock():
        database.drop()


def refuse_powerful_role() -> None:
    """A superuser would pass every test of a missing policy."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select rolname, rolsuper, rolbypassrls from pg_roles"
            " where rolname = current_user"
        )
        role = cursor.fetchone()
    connection.close()
    assert role == ("web", False, False), f"Tests must run as web, not as {role}."


@pytest.fixture(autouse=True)
def _clean_cache():
    cache.clear()
