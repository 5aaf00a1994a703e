from django.core.management import BaseCommand
from django.utils import timezone

from mentorship.library.actions import load_pack


class Command(BaseCommand):
    help = "Bring the playbooks that come with the product up to their files."

    def handle(self, *args, **options):
        for item in load_pack(at=timezone.now()):
            self.stdout.write(f"{item.slug}: a new version is in force.")
