from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from feedback.actions import LicenseNotConfirmed, PackIsThere, load_pack
from feedback.growing.packs import BadPack, read_pack
from mentorship.accounts.models import User


class Command(BaseCommand):
    help = "Load a pack of published questions whose license you have read."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="described in docs/measures.md")
        parser.add_argument("--by", required=True, help="the address of your account")
        parser.add_argument(
            "--confirm-license",
            default="",
            metavar="LICENSE",
            help="the file's own words for its license: it allows this use",
        )

    def handle(self, *args, file, by, confirm_license, **options):
        user = User.objects.filter(email__iexact=by, is_active=True).first()
        if user is None:
            raise CommandError(f"Nobody here has the address {by}.")
        try:
            fields = read_pack(file.read_text(encoding="utf-8"))
            pack = load_pack(
                fields, confirmed=confirm_license, by=user, at=timezone.now()
            )
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} cannot be read: {error}") from None
        except BadPack as error:
            raise CommandError("\n".join(error.problems)) from None
        except LicenseNotConfirmed:
            raise CommandError(
                "Nothing was loaded. Read the license and the permission of the "
                "authors first. If they allow this use, repeat this with "
                f'--confirm-license "{fields["license"]}"'
            ) from None
        except PackIsThere:
            raise CommandError(
                f"Number {fields['number']} of {fields['slug']} is loaded already. "
                "A changed pack needs a higher number."
            ) from None
        self.stdout.write(f"{pack.title}: {len(pack.items)} questions. Switch it on")
        self.stdout.write("for a program under “Growth questions”.")
