"""The web server's way in; it refuses a database role that could read too much."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")

application = get_wsgi_application()

# These need the apps.
from mentorship.accounts.patience import limit_patience  # noqa: E402
from mentorship.accounts.trust import refuse_to_serve  # noqa: E402

limit_patience()
refuse_to_serve()
