from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "mentorship.library"

    def ready(self):
        from . import receivers  # noqa: F401
