"""A real browser for tests: one Chromium a run, a fresh profile for each page.

Its fixtures, `chromium` and `new_page`, are there for every test by tests/conftest.py.
"""

import importlib.util
import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
BROWSER = bool(CHROMIUM and importlib.util.find_spec("playwright"))
WIDTHS = {"desktop": (1360, 900), "phone": (390, 844)}
LOOKS = [(width, theme) for width in WIDTHS for theme in ("light", "dark")]
# A status of 403, 404 or 422 is what many tests ask for; it is no mistake of the page.
EXPECTED = "Failed to load resource: the server responded with a status of"


@pytest.fixture(scope="session")
def chromium():
    """The system's Chromium, started once."""
    if not BROWSER:
        pytest.skip("no Chromium or no playwright")
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; Django must not mind.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--disable-background-networking", *as_root],
        )
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium):
    """Opens pages, each with its own cookies: `new_page("phone", "dark", js=False)`.
    At the end the test fails if a page broke its security policy or a script."""
    with pages(chromium) as (open_page, mistakes):
        yield open_page
    assert mistakes == [], mistakes


@contextmanager
def pages(browser):
    """Gives what opens pages, and the list of mistakes that those pages make."""
    contexts, mistakes = [], []

    def open_page(width="desktop", theme="light", js=True, **options):
        across, down = WIDTHS[width]
        context = browser.new_context(
            viewport={"width": across, "height": down},
            color_scheme=theme,
            java_script_enabled=js,
            has_touch=width == "phone",
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: mistakes.append(str(error)))
        page.on("console", lambda line: mistakes.extend(_mistake(line)))
        return page

    yield open_page, mistakes
    for context in contexts:
        context.close()


def _mistake(line):
    if line.type == "error" and not line.text.startswith(EXPECTED):
        yield line.text


def sign_in(page, server, user):
    """Sign `page` in as `user` on the live server, without the sign-in page."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    page.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "domain": urlsplit(server.url).hostname,
                "path": "/",
            }
        ]
    )


def picture(page, name):
    """Keep a picture of the whole page in $RECIPROCAL_PICTURES, if that is set."""
    folder = os.environ.get("RECIPROCAL_PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        # Hiding the caret would take a style that the security policy refuses.
        kept = Path(folder) / f"{name}.png"
        page.screenshot(path=kept, full_page=True, caret="initial")
