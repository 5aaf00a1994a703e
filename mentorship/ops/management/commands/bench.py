from dataclasses import asdict

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from mentorship.ops.bench import planner
from mentorship.ops.bench.disclosure import run as disclosure
from mentorship.ops.bench.night.bench import SCALES
from mentorship.ops.bench.outbox.bench import OutboxBench
from mentorship.ops.bench.outbox.page import write as write_outbox
from mentorship.ops.bench.pairing import page
from mentorship.ops.bench.pairing.bench import Sizes
from mentorship.ops.bench.pairing.run import run
from mentorship.ops.bench.planner import PlannerBench
from mentorship.ops.bench.roster import RosterBench
from mentorship.ops.bench.seed import Shape
from mentorship.ops.bench.sizes import Sized
from mentorship.ops.bench.workbench.bench import WorkbenchBench

OUTBOX = ("mails", "milliseconds", "senders", "seconds")


class Command(BaseCommand):
    help = "Measure how fast and how good the long work is. Nothing stays behind."

    def add_arguments(self, parser):
        subjects = parser.add_subparsers(dest="subject", required=True)
        roster = subjects.add_parser("roster", help="import an invented roster")
        roster.add_argument("--rows", type=int, default=10_000)
        workbench = subjects.add_parser("workbench", help="change an invented plan")
        workbench.add_argument(
            "--people", type=int, default=1_000, help="20 or more, half of them mentees"
        )
        self.add_pairing(subjects)
        self.add_disclosure(subjects)
        self.add_planner(subjects)
        self.add_outbox(subjects)
        self.add_sizes(subjects)

    def add_pairing(self, subjects):
        pairing = subjects.add_parser("pairing", help="pair invented programs")
        pairing.add_argument("--seed", type=int, default=0, help="any whole number")
        pairing.add_argument(
            "--rows",
            choices=["quick", "all"],
            default="quick",
            help="quick stops at 1,000 people; all goes on to 50,000",
        )
        pairing.add_argument(
            "--peers",
            action="store_true",
            help="also other packages, installed beside the program's own data",
        )
        pairing.add_argument(
            "--scale", type=float, default=1.0, help="all sizes times this, for a try"
        )
        pairing.add_argument(
            "--write", action="store_true", help="write docs/benchmarks/pairing.md"
        )

    def add_outbox(self, subjects):
        outbox = subjects.add_parser("outbox", help="deliver mail that is due")
        outbox.add_argument("--mails", type=int, default=100_000)
        outbox.add_argument(
            "--milliseconds", type=float, default=20, help="the server takes for one"
        )
        outbox.add_argument("--senders", type=int, default=2)
        outbox.add_argument(
            "--seconds", type=float, default=0, help="stop after; 0 when all is sent"
        )
        outbox.add_argument(
            "--write", action="store_true", help="write docs/benchmarks/outbox.md"
        )

    def add_sizes(self, subjects):
        """What is measured on an invented organization."""
        pages = subjects.add_parser("pages", help="what the ten main pages cost")
        pages.add_argument("--times", type=int, default=60, help="requests a page")
        night = subjects.add_parser("night", help="the night's figures by size")
        night.add_argument("--scales", type=float, nargs="+", default=SCALES)
        load = subjects.add_parser("load", help="many people at once")
        load.add_argument("--at-once", type=int, default=200, help="people")
        load.add_argument("--seconds", type=float, default=60)
        for parser in (pages, night, load):
            for name, count in asdict(Shape()).items():
                parser.add_argument(f"--{name}", type=int, default=count)
            parser.add_argument(
                "--write", action="store_true", help="write the page of docs/benchmarks"
            )
        for parser in (pages, load):
            parser.add_argument(
                "--keep", action="store_true", help="keep the data for the next time"
            )

    def add_planner(self, subjects):
        planner = subjects.add_parser("planner", help="plan reminders due at once")
        planner.add_argument("--people", type=int, default=100_000)
        planner.add_argument(
            "--write", action="store_true", help="write docs/benchmarks/planner.md"
        )

    def add_disclosure(self, subjects):
        attacks = subjects.add_parser("disclosure", help="attack published figures")
        attacks.add_argument("--seed", type=int, default=0, help="any whole number")
        attacks.add_argument("--programs", type=int, default=2, help="of each kind")
        attacks.add_argument(
            "--pairs", type=int, nargs="+", default=list(disclosure.SIZES)
        )
        attacks.add_argument(
            "--write", action="store_true", help="write docs/benchmarks/disclosure.md"
        )

    def handle(self, *args, subject, **options):
        if subject == "roster":
            RosterBench(self.stdout.write).run(options["rows"])
        elif subject == "outbox":
            self.outbox(options)
        elif subject == "workbench":
            self.workbench(options["people"])
        elif subject == "planner":
            self.planner(options["people"], options["write"])
        elif subject == "disclosure":
            self.disclosure(options)
        elif subject == "pairing":
            self.pairing(options)
        else:
            self.sized(subject, options)

    def sized(self, subject, options):
        shape = {name: options[name] for name in asdict(Shape())}
        usual = asdict(Shape())
        changed = [f"--{k} {v}" for k, v in shape.items() if v != usual[k]]
        if options.get("scales", SCALES) != SCALES:
            changed += ["--scales", *(f"{scale:g}" for scale in options["scales"])]
        bench = Sized(
            shape=Shape(**shape),
            command=" ".join(["manage.py bench", subject, *changed]),
            say=self.stdout.write,
            write=options["write"],
            keep=options.get("keep", False),
        )
        if subject == "pages":
            bench.pages(options["times"])
        elif subject == "night":
            bench.night(tuple(options["scales"]))
        else:
            bench.load(options["at_once"], options["seconds"])

    def planner(self, people, wanted):
        timing = PlannerBench(self.stdout.write).run(people)
        if wanted:
            folder = settings.BASE_DIR / "docs" / "benchmarks"
            command = f"manage.py bench planner --people {people}"
            written = planner.write(timing, folder, command)
            self.stdout.write(f"Written to {written}.")

    def disclosure(self, options):
        seed, programs, pairs = (
            options[name] for name in ("seed", "programs", "pairs")
        )
        self.stdout.write(disclosure.HEADER)
        lines = disclosure.run(seed, programs, pairs, self.stdout.write)
        if options["write"]:
            command = f"manage.py bench disclosure --seed {seed} --programs {programs}"
            command += " --pairs " + " ".join(map(str, pairs)) + " --write"
            folder = settings.BASE_DIR / "docs" / "benchmarks"
            self.stdout.write(f"Written to {disclosure.write(lines, command, folder)}.")

    def workbench(self, people):
        if people < 20:
            raise CommandError(
                "It takes 20 people or more to have something to change."
            )
        WorkbenchBench(self.stdout.write).run(people)

    def outbox(self, options):
        sizes = {name: options[name] for name in OUTBOX}
        found = OutboxBench(self.stdout.write).run(**sizes)
        if options["write"]:
            written = write_outbox(found, settings.BASE_DIR / "docs" / "benchmarks")
            self.stdout.write(f"Written to {written}.")

    def pairing(self, options):
        report = run(
            options["seed"],
            Sizes().scaled(options["scale"]),
            everything=options["rows"] == "all",
            peers=options["peers"],
            command=self.command(options),
            say=self.stdout.write,
        )
        self.stdout.write(page.summary(report.rows))
        if options["write"]:
            written = page.write(report, settings.BASE_DIR / "docs" / "benchmarks")
            self.stdout.write(f"Written to {written}.")

    def command(self, options):
        """What to type to measure the same again."""
        words = f"manage.py bench pairing --seed {options['seed']}"
        words += f" --rows {options['rows']}" + " --peers" * options["peers"]
        return words + f" --scale {options['scale']}" * (options["scale"] != 1)
