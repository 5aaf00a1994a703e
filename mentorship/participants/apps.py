from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "mentorship.participants"

    def ready(self):
        from . import receivers  # noqa: F401
