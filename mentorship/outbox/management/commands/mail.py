from django.core.management.base import BaseCommand
from django.utils import timezone

from mentorship.outbox.actions import hold_mail, release_mail
from mentorship.outbox.models import Gate, Notice


class Command(BaseCommand):
    help = "Hold all mail back, let it go, or say how it stands."

    def add_arguments(self, parser):
        act = parser.add_mutually_exclusive_group()
        act.add_argument("--hold", metavar="WHY", help="send nothing, and say why")
        act.add_argument("--release", action="store_true", help="send again")

    def handle(self, *args, hold, release, **options):
        now = timezone.now()
        if hold:
            hold_mail(because=hold, at=now)
        elif release:
            release_mail()
        self.stdout.write(self.state(now))

    def state(self, now) -> str:
        """How it stands, in two lines."""
        gate, due = Gate.objects.get(), Notice.objects.due(now).count()
        words = "Mail goes out."
        if gate.held_since:
            words = (
                f"Mail is held since {gate.held_since:%F %T %Z}: {gate.held_because}"
            )
        elif gate.is_closed(now):
            words = "The mail server does not answer; we try once a minute."
        return f"{words}\n{due} due, {Notice.objects.dead().count()} undeliverable."
