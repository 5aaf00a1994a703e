"""Where this installation is reached."""

from urllib.parse import urlsplit

from django.conf import settings


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
