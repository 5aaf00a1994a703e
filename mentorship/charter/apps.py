from django.apps import AppConfig


class CharterConfig(AppConfig):
    name = "mentorship.charter"

    def ready(self):
        from . import receivers  # noqa: F401
