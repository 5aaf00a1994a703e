import random

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from mentorship.ops.soak import page
from mentorship.ops.soak.faults import every_fault
from mentorship.ops.soak.run import run


class Command(BaseCommand):
    help = (
        "Make the faults that the site must survive, on servers of its own, and look "
        "whether it did. Your own data is not touched."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--all", action="store_true", help="every fault (default)")
        which.add_argument("--only", help="some of them, as in F1,F5")
        parser.add_argument("--seed", type=int, help="any whole number; else a new one")
        parser.add_argument(
            "--short", action="store_true", help="in seconds instead of minutes"
        )
        parser.add_argument(
            "--write", action="store_true", help="write docs/benchmarks/faults.md"
        )

    def handle(self, *args, only, seed, short, **options):
        seed = random.randrange(10**6) if seed is None else seed
        faults = chosen(only)
        results = run(faults, seed=seed, short=short, say=self.stdout.write)
        if options["write"]:
            folder = settings.BASE_DIR / "docs" / "benchmarks"
            command = f"manage.py soak {words(only, seed, short)}"
            written = page.write(results, command=command, folder=folder)
            self.stdout.write(f"Written to {written}.")
        if broken := [result.fault.id for result in results if result.finding.broken]:
            raise CommandError(f"Not survived: {', '.join(broken)}.")


def words(only, seed, short):
    """The options that make the same choices again."""
    which = f"--only {only}" if only else "--all"
    return f"{which} --seed {seed} --write" + " --short" * short


def chosen(only):
    """The faults with the ids that were asked for. Raises CommandError."""
    faults = every_fault()
    wanted = only.replace(",", " ").split() if only else list(faults)
    if unknown := [id for id in wanted if id not in faults]:
        known = ", ".join(faults)
        raise CommandError(f"There is no {', '.join(unknown)}. Known: {known}.")
    return [faults[id] for id in wanted]
