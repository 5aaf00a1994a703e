from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "mentorship.insights"

    def ready(self):
        from . import receivers  # noqa: F401
