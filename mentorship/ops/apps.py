from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "mentorship.ops"

    def ready(self):
        from .watching import beats  # noqa: F401  listens to Celery
