"""Importing a roster: upload, choose, commit."""

from dataclasses import asdict
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, connection, transaction

from mentorship.accounts.models import User, audit

from ..models import Import, Skill
from ..proposing import collector_paused, propose, read_sheet
from ..roster import columns, state
from .roster_tables import store

UNDO_FOR = timedelta(hours=24)
DRAFTS_KEPT_FOR = timedelta(days=7)
# Any fixed number: one roster is written at a time in the whole installation.
ONE_AT_A_TIME = "select pg_advisory_xact_lock(20260309)"


class AlreadyImported(Exception):
    """Somebody else committed this import first, or it was taken back."""


class SomebodyElseChangedIt(Exception):
    """People changed between reading and writing; nothing was written."""


def start_import(*, cohort, by, file_name, content):
    """Keep an uploaded roster as a draft, with every choice guessed. Raises
    RosterRefused."""
    draft = Import(cohort=cohort, by=by, file_name=file_name[-255:], content=content)
    sheet = read_sheet(draft)
    draft.options = {
        "sheet": sheet.sheet,
        # A mark at the start of the file is skipped under either name.
        "encoding": "utf-8" if sheet.encoding == "utf-8-sig" else sheet.encoding,
        "delimiter": sheet.delimiter,
        "header_row": columns.guess_header_row(sheet.rows),
        "date_order": "",
    }
    draft.save()
    return draft


def choose_reading(*, import_, options):
    """Change how the file is read. Columns chosen for another sheet or header row
    are dropped; what would happen must be worked out again."""
    same_columns = {**import_.options, "date_order": ""} == {
        **options,
        "date_order": "",
    }
    import_.options = options
    import_.mapping = import_.mapping if same_columns else {}
    import_.result = {}
    import_.save(update_fields=["options", "mapping", "result"])


def choose_columns(*, import_, sheet, chosen):
    """Store {column: field} with the headers, so that the next import remembers, and
    what the import would do. `sheet` is the stored file, read."""
    headers = sheet.rows[import_.options["header_row"] - 1]
    import_.mapping = {
        "columns": {str(column): name for column, name in chosen.items()},
        "headers": {
            columns.fold(header): chosen.get(column, "")
            for column, header in enumerate(headers)
            if columns.fold(header)
        },
    }
    import_.result = summary(propose(import_, sheet))
    import_.save(update_fields=["mapping", "result"])


def summary(plan):
    """What a plan does, for pages: counts, problems and words not known so far."""
    return {
        "counts": plan.counts,
        "errors": [asdict(problem) for problem in plan.result.errors],
        "warnings": [asdict(problem) for problem in plan.result.warnings],
        "skills": sorted(plan.skills.values()),
    }


@collector_paused()
def commit_import(*, import_, by, at):
    """Write the import in one transaction and remember how to take it back.

    Raises AlreadyImported, SomebodyElseChangedIt or RosterRefused; then nothing is
    written.
    """
    try:
        with transaction.atomic():
            take_turn()
            taken = Import.objects.filter(pk=import_.pk, state=Import.State.DRAFT)
            if not taken.update(state=Import.State.COMMITTED, committed_at=at):
                raise AlreadyImported
            plan = propose(import_, read_sheet(import_))
            import_.result = summary(plan)
            import_.before = _write(plan, import_.cohort, at)
            import_.undo_until = at + UNDO_FOR
            import_.save(update_fields=["before", "result", "undo_until"])
            program = import_.cohort.program_id
            audit(
                "imported a roster", import_, by=by, program_id=program, **plan.counts
            )
    except IntegrityError as error:
        raise SomebodyElseChangedIt from error
    import_.state, import_.committed_at = Import.State.COMMITTED, at


def take_turn():
    """Wait until no other roster is being written or taken back."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)


def _write(plan, cohort, at):
    """Write the plan; returns what is needed to take it back."""
    new_people = [change for change in plan.creates if change.user is None]
    nobody_knows = make_password(None)
    for change in new_people:
        change.user = User(
            password=nobody_knows, zone=cohort.program.zone, joined_at=at
        )
        plan.people.users[change.user.pk] = change.user
    _create_skills(cohort.program, plan.skills)
    changes = plan.creates + plan.updates
    store(plan.people, {change.user.pk: change.values for change in changes})
    created = [plan.people.places[change.user.pk] for change in plan.creates]
    new = {change.user.pk for change in new_people}
    return {
        "people": [str(user) for user in new],
        "places": [str(place.pk) for place in created],
        "skills": list(plan.skills),
        "changed": {
            str(change.user.pk): _restorable(change)
            for change in changes
            if change.user.pk not in new
        },
    }


def _restorable(change):
    """The changes of one person; those of a new place go with the place."""
    gone = [] if change.has_place else state.PLACE_KEYS
    return {key: pair for key, pair in change.changes.items() if key not in gone}


def _create_skills(program, labels):
    language = program.languages[0]
    Skill.objects.bulk_create(
        Skill(program=program, slug=slug, labels={language: label}, suggested=True)
        for slug, label in labels.items()
    )


def forget_old_imports(now) -> int:
    """Drop stored files that can no longer be taken back, and drafts nobody used;
    returns how many imports that concerned."""
    over = Import.objects.filter(undo_until__lt=now).exclude(content=b"")
    emptied = over.update(content=b"", before={})
    unused = Import.objects.filter(state=Import.State.DRAFT)
    return emptied + unused.filter(at__lt=now - DRAFTS_KEPT_FOR).delete()[0]
