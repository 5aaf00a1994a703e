import time

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from mentorship.accounts.models import User
from mentorship.demo.sample.load import AlreadyThere, load


class Command(BaseCommand):
    help = "Load the sample program into an empty database, as it stands today."

    def handle(self, *args, **options):
        started = time.monotonic()
        try:
            load(timezone.now())
        except AlreadyThere:
            raise CommandError(
                "This database holds a program already. The sample is for an empty "
                "one: python3 dev.py demo --fresh starts anew."
            ) from None
        seconds = time.monotonic() - started
        people = User.objects.count()
        self.stdout.write(f"The sample program: {people} people in {seconds:.1f} s.")
