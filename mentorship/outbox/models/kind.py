from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a notice is about. A person may switch off every kind but `account` and
    `concern`."""

    ACCOUNT = "account", _("Your account")
    INVITATION = "invitation", _("Invitations")
    SESSION = "session", _("Sessions")
    CHECK_IN = "check-in", _("Check-ins")
    MILESTONE = "milestone", _("Milestones")
    REFLECTION = "reflection", _("Reflections")
    PAIRING = "pairing", _("Pairing")
    PILOT = "pilot", _("The pilot")
    ACKNOWLEDGMENT = "acknowledgment", _("The charter")
    CARE = "care", _("A hand for your pair")
    CONCERN = "concern", _("Concerns you handle or raised")
    DIGEST = "digest", _("A summary of what waits")
    ANNOUNCEMENT = "announcement", _("Messages from coordinators")

    @classmethod
    def optional(cls) -> list["Kind"]:
        return [kind for kind in cls if kind not in (cls.ACCOUNT, cls.CONCERN)]

    @classmethod
    def reminders(cls) -> list["Kind"]:
        """The kinds that together stay under the weekly cap. A pilot's question is
        asked once and a decision hangs on it, so it is none of them."""
        return [cls.CHECK_IN, cls.MILESTONE, cls.REFLECTION, cls.CARE, cls.DIGEST]

    @classmethod
    def foldable(cls) -> list["Kind"]:
        """The kinds that may share one mail when several of them are late."""
        return [
            cls.SESSION,
            cls.CHECK_IN,
            cls.MILESTONE,
            cls.REFLECTION,
            cls.PILOT,
            cls.ACKNOWLEDGMENT,
            cls.CARE,
        ]


class Channel(models.TextChoices):
    """How a notice reaches somebody."""

    EMAIL = "email", _("By mail")
    APP = "app", _("On the site")
    CHAT = "chat", _("In a chat room")
