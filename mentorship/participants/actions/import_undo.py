"""Taking an import back, as far as nothing has come of it since."""

from django.db import transaction

from mentorship.accounts.models import User, audit

from ..models import Import, OrientationStep, Participant, Profile, Skill
from ..proposing import People, collector_paused
from .imports import take_turn
from .roster_tables import store

# What pairs and sessions rest on: not taken from under them.
LOAD_BEARING = {"is_mentor", "is_mentee", "capacity"}


class TooLateToUndo(Exception):
    """The import is not committed, already taken back, or older than 24 hours."""


@collector_paused()
def undo_import(*, import_, by, at):
    """Remove who the import created and restore what it changed, where nobody has
    built on it. Returns the counts; raises TooLateToUndo."""
    with transaction.atomic():
        take_turn()
        open_still = Import.objects.filter(
            pk=import_.pk, state=Import.State.COMMITTED, undo_until__gt=at
        )
        if not open_still.update(state=Import.State.UNDONE):
            raise TooLateToUndo
        import_.refresh_from_db(fields=["state", "before", "result"])
        before, program = import_.before, import_.cohort.program_id
        counts = _restore(import_.cohort, before["changed"])
        counts |= _remove(before["people"], before["places"])
        _remove_skills(program, before["skills"])
        import_.result["undo"], import_.before = counts, {}
        import_.save(update_fields=["result", "before"])
        audit("took an import back", import_, by=by, program_id=program, **counts)
    return counts


def _restore(cohort, changed):
    """Put values back where they still are what the import wrote."""
    people = People.of_users(cohort, list(changed))
    places = {place.pk: user for user, place in people.places.items()}
    free = {places[pk] for pk in _unreferenced(Participant, places, [OrientationStep])}
    values, kept = {}, 0
    for user in people.users.values():
        current = people.state(user)
        for key, (old, new) in changed[str(user.pk)].items():
            if current.get(key) == new and (key not in LOAD_BEARING or user.pk in free):
                values.setdefault(user.pk, {})[key] = old
            else:
                kept += 1
    _keep_roles_whole(values)
    store(people, values)
    return {"restored": len(values), "values_kept": kept}


def _keep_roles_whole(values):
    """A role and its capacity go back together or not at all."""
    for wanted in values.values():
        if "is_mentor" in wanted and "capacity" not in wanted:
            for key in LOAD_BEARING:
                wanted.pop(key, None)


def _remove(people, places):
    """Remove places nobody was invited to, and people who have nothing else."""
    places = Participant.objects.filter(pk__in=places)
    waiting = places.filter(state=Participant.State.IMPORTED).select_for_update()
    ids = waiting.order_by("pk").values_list("pk", flat=True)
    removed = _delete(Participant, _unreferenced(Participant, ids))
    strangers = User.objects.filter(pk__in=people, last_login=None)
    ids = strangers.values_list("pk", flat=True)
    _delete(User, _unreferenced(User, ids, [Profile]))
    return {"removed": removed, "places_kept": places.count()}


def _unreferenced(model, ids, ignored=()):
    """Those of the ids to which no row of any app points, but for ignored models.

    One question for each relation: asked all at once, the planner takes freshly
    filled tables for small ones and needs minutes.
    """
    left = set(ids)
    for relation in model._meta.get_fields(include_hidden=True):
        points_here = relation.auto_created and not relation.concrete
        if points_here and relation.related_model not in ignored:
            name = relation.field.name
            rows = relation.related_model._base_manager.filter(**{f"{name}__in": left})
            left -= set(rows.values_list(name, flat=True))
    return left


def _delete(model, ids):
    deleted = model.objects.filter(pk__in=ids).delete()[1]
    return deleted.get(model._meta.label, 0)


def _remove_skills(program, slugs):
    suggested = Skill.objects.filter(program=program, slug__in=slugs, suggested=True)
    _delete(Skill, _unreferenced(Skill, suggested.values_list("pk", flat=True)))
