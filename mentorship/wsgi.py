"""The web server's way in; it refuses a database role that could read too much."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")

application = get_wsgi_application()

# These need the apps.
from django.db import connections  # noqa: E402
from django.urls import get_resolver  # noqa: E402

from mentorship.accounts.patience import limit_patience  # noqa: E402
from mentorship.accounts.trust import refuse_to_serve  # noqa: E402

limit_patience()
refuse_to_serve()
# Whatever a first visitor would wait for. With `--preload` it is done once, for all
# processes, which must not share the connection that was asked for the role.
get_resolver().url_patterns  # noqa: B018
connections.close_all()
