from django.core.management.base import BaseCommand

from mentorship.accounts.sealing import rewrap_all


class Command(BaseCommand):
    help = "Wrap the keys of private words anew under the newest of SEALING_KEYS."

    def handle(self, *args, **options):
        self.stdout.write(f"{rewrap_all()} keys wrapped anew.")
