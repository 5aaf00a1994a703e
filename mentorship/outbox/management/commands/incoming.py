import sys

from django.core.management.base import BaseCommand
from django.utils import timezone

from mentorship.outbox.incoming import read


class Command(BaseCommand):
    help = (
        "Read one mail to INBOUND_ADDRESS from standard input, as a mail server pipes "
        "it: a report that a mail came back, or a wish for fewer. Others are ignored."
    )

    def handle(self, *args, **options):
        self.stdout.write(read(sys.stdin.buffer.read(), at=timezone.now()))
