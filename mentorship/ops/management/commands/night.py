from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mentorship.ops import night


class Command(BaseCommand):
    help = "Run the whole night, now or as it was into a given day. Again is harmless."

    def add_arguments(self, parser):
        parser.add_argument(
            "--date", type=date.fromisoformat, help="the day that begins: YYYY-MM-DD"
        )

    def handle(self, *args, date=None, **options):
        try:
            now = night.moment_of(date) if date else timezone.now()
            steps = list(night.run(now))
        except night.NotYet:
            raise CommandError(f"{date} has not begun yet.") from None
        except night.NightFailed as failed:
            raise CommandError(f"The night could not do: {failed}") from failed
        if not steps:
            self.stdout.write("Another night is under way; nothing was done.")
        for name, result in steps:
            self.stdout.write(f"{name}: {result}")
