"""Sessions in the database, as Django keeps them."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError


class SessionStore(db.SessionStore):
    def save(self, must_create=False):
        """Django takes any error here for a session that was deleted, and tells the
        reader so. A database that is away must be told as such (ui.views.failure)."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, OperationalError):
                raise error.__context__ from None
            raise
