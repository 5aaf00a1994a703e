"""How long importing a long roster takes, and how much memory."""

import io
import resource
import time

import openpyxl
from django.db import transaction
from django.utils import timezone

from mentorship.accounts.models import User
from mentorship.charter.models import Cohort, Program
from mentorship.participants.actions.import_undo import undo_import
from mentorship.participants.actions.imports import (
    choose_columns,
    commit_import,
    start_import,
)
from mentorship.participants.proposing import guess_columns, read_sheet

HEADER = [
    *("Employee ID", "Email", "First name", "Last name", "Role", "Function", "Site"),
    *("Job title", "Manager's email", "Time zone", "Languages", "Capacity"),
    *("Skills offered", "Skills wanted", "Development goals", "Career interests"),
    *("Working style", "Learning style", "Availability", "Remote", "Start date"),
]
SKILLS = ["SQL", "Budgeting", "Pricing", "Lean", "Coaching", "Hiring", "Negotiation"]
ZONES = ["Europe/Lisbon", "Europe/Warsaw", "Africa/Nairobi", "UTC+2"]


class RosterBench:
    """Imports an invented roster, measures it, and leaves nothing behind."""

    def __init__(self, say):
        self.say = say

    def run(self, rows):
        content = roster(rows)
        self.say(f"{rows} rows, {len(content) / 1e6:.1f} MB as XLSX")
        with transaction.atomic():
            self.measure(content)
            transaction.set_rollback(True)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        self.say(f"peak memory {peak:.0f} MB")

    def measure(self, content):
        program = Program.objects.create(name="A program to measure imports with")
        cohort = Cohort.objects.create(program=program, name="Measured")
        by = User.objects.the_program()
        first = self.import_once("first", cohort, by, content)
        self.import_once("second", cohort, by, content)
        self.timed("undo", undo_import, import_=first, by=by, at=timezone.now())

    def import_once(self, which, cohort, by, content):
        new = {"cohort": cohort, "by": by, "file_name": "r.xlsx", "content": content}
        draft = self.timed(f"{which} upload", start_import, **new)
        self.timed(f"{which} preview", preview, draft=draft)
        commit = {"import_": draft, "by": by, "at": timezone.now()}
        self.timed(f"{which} commit", commit_import, **commit)
        counts = draft.result["counts"].items()
        self.say("  " + ", ".join(f"{count} {word}" for word, count in counts))
        return draft

    def timed(self, what, action, **kwargs):
        start, cpu = time.perf_counter(), time.process_time()
        result = action(**kwargs)
        took, worked = time.perf_counter() - start, time.process_time() - cpu
        self.say(f"{what:15} {took:6.2f} s, of which {worked:5.2f} s in Python")
        return result


def preview(draft):
    """Read the stored file, take every guess, and say what would happen."""
    sheet = read_sheet(draft)
    guesses = guess_columns(sheet.rows[0])
    chosen = {column: name for column, (name, _how) in guesses.items()}
    choose_columns(import_=draft, sheet=sheet, chosen=chosen)


def roster(rows):
    """An XLSX file with this many invented people, as bytes."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("People")
    sheet.append(HEADER)
    for number in range(rows):
        sheet.append(person(number))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def person(number):
    """The cells of one invented person; every third is a mentor."""
    is_mentor = number % 3 == 0
    skills = [SKILLS[(number + step) % len(SKILLS)] for step in range(3)]
    levels = "; ".join(f"{skill} ({number % 5 + 1})" for skill in skills)
    return [
        f"B{number:06d}",
        f"person{number}@bench.example",
        f"Given{number % 700}",
        f"Family{number % 900}",
        "mentor" if is_mentor else "mentee",
        ["Finance", "Nursing", "Sales", "People"][number % 4],
        ["Lisbon", "Warsaw", "Nairobi"][number % 3],
        "Specialist",
        f"manager{number % 300}@bench.example",
        ZONES[number % len(ZONES)],
        "English; Portuguese",
        number % 3 + 1 if is_mentor else None,
        levels if is_mentor else None,
        None if is_mentor else levels,
        "Lead a first project and hear how others began.",
        "operations; teaching",
        "structured",
        "doing",
        "Tue pm, Wed 13-15, Thu 9-11",
        "yes",
        "2019-03-11",
    ]
