from pathlib import Path

from django.conf import settings
from django.core.files.storage import storages
from django.core.management.base import BaseCommand, CommandError

from mentorship.ops.backup.bring_back import restore
from mentorship.ops.backup.bring_back import verify as try_out
from mentorship.ops.backup.server import BackupFailed


class Command(BaseCommand):
    help = "Restore a backup into an empty database, and hold its mail until released."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument(
            "--verify",
            action="store_true",
            help="restore into a scratch database, compare, and drop it again",
        )

    def handle(self, *args, folder, verify: bool, **options):
        folder, url = folder.absolute(), settings.BACKUP_DATABASE_URL
        try:
            if verify:
                found = try_out(folder, url)
            else:
                found = restore(folder, url, storages["private"])
        except BackupFailed as failed:
            raise CommandError(str(failed)) from failed
        kept = found.manifest
        self.stdout.write(
            f"Made {kept.made_at} by version {kept.version}: {kept.rows} rows in "
            f"{len(kept.tables)} tables, {len(kept.files)} files"
        )
        for step, seconds in found.seconds.items():
            self.stdout.write(f"{step}: {seconds} s")
        self.stdout.write(f"sealed words: {found.sealed}")
        if found.differences:
            raise CommandError("Not as it was:\n" + "\n".join(found.differences))
        if not verify:
            self.stdout.write(
                "Everything is as it was. Mail is held: look at what waits, then let "
                "it go with manage.py mail --release."
            )
