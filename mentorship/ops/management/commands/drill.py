import tempfile
from pathlib import Path
from time import perf_counter

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mentorship.demo.embedded import ServerFailed, postgres_binaries
from mentorship.ops.backup.bring_back import Restored, verify
from mentorship.ops.backup.rehearse import rehearse
from mentorship.ops.backup.server import BackupFailed
from mentorship.ops.backup.take import take
from mentorship.ops.models import Heartbeat


class Command(BaseCommand):
    help = "Back up, and restore as if this server were lost, on a new cluster."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "--of", type=Path, metavar="DIR", help="try this backup, not a new one"
        )

    def handle(self, *args, of, **options):
        try:
            with tempfile.TemporaryDirectory() as place:
                folder = of.absolute() if of else self.back_up(Path(place))
                found = self.bring_back(folder)
        except BackupFailed as failed:
            raise CommandError(str(failed)) from failed
        for step, seconds in found.seconds.items():
            self.stdout.write(f"{step}: {seconds} s")
        kept = found.manifest
        self.stdout.write(
            f"{kept.rows} rows in {len(kept.tables)} tables, {len(kept.files)} files; "
            f"sealed words: {found.sealed}"
        )
        if found.differences:
            raise CommandError("Not as it was:\n" + "\n".join(found.differences))
        Heartbeat.objects.beat(Heartbeat.Name.DRILL, rows=kept.rows, **found.seconds)
        self.stdout.write("Everything came back as it was.")

    def back_up(self, place: Path) -> Path:
        began = perf_counter()
        folder = take(settings.BACKUP_DATABASE_URL, place, at=timezone.now())
        self.stdout.write(f"backup: {perf_counter() - began:.2f} s")
        return folder

    def bring_back(self, folder: Path) -> Restored:
        try:
            postgres_binaries()
        except ServerFailed:
            self.stdout.write("No Postgres here for a new cluster: a scratch database.")
            return verify(folder, settings.BACKUP_DATABASE_URL)
        return rehearse(folder)
