from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mentorship.ops.backup.manifest import Manifest
from mentorship.ops.backup.server import BackupFailed
from mentorship.ops.backup.take import forget, take
from mentorship.ops.models import Heartbeat


class Command(BaseCommand):
    help = "Back up the database and the files, with what both held, into one folder."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--to", type=Path, required=True, metavar="DIR")
        parser.add_argument(
            "--keep-days", type=int, help="delete backups in DIR older than this"
        )

    def handle(self, *args, to, keep_days=None, **options):
        now = timezone.now()
        try:
            folder = take(settings.BACKUP_DATABASE_URL, to.absolute(), at=now)
        except BackupFailed as failed:
            raise CommandError(str(failed)) from failed
        made = Manifest.read(folder)
        self.stdout.write(f"{folder}: {made.rows} rows, {len(made.files)} files")
        for name in made.missing:
            self.stderr.write(f"{name} was deleted meanwhile and is not in it")
        Heartbeat.objects.beat(
            Heartbeat.Name.BACKUP, rows=made.rows, files=len(made.files)
        )
        if keep_days:
            older_than = timedelta(days=keep_days)
            for name in forget(to, older_than=older_than, at=now):
                self.stdout.write(f"{name}: deleted, older than {keep_days} days")
