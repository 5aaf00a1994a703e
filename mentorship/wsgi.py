"""The web server's way in; it refuses a database role that could read too much."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")

application = get_wsgi_application()

from mentorship.accounts.trust import refuse_to_serve  # noqa: E402  needs the apps

refuse_to_serve()
