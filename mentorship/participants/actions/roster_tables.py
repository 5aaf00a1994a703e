"""Storing the states of many people at once; shared by importing and taking back."""

import json
from datetime import time
from itertools import islice
from uuid import uuid4

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from mentorship.accounts.models import User

from ..models import (
    Availability,
    OfferedSkill,
    Participant,
    Profile,
    Skill,
    WantedSkill,
)
from ..roster import state

BATCH = 2000


def store(people, values):
    """Store {user id: {key: value}} for loaded People, a table at a time. Who has no
    profile or no place in the cohort gets one."""
    for user, wanted in values.items():
        if user not in people.profiles:
            people.profiles[user] = Profile(user_id=user)
        if user not in people.places and "is_mentor" in wanted:
            people.places[user] = Participant(cohort=people.cohort, user_id=user)
    _set(User, people.users, values, state.USER_KEYS)
    _set(Participant, people.places, values, state.PLACE_KEYS)
    _set(Profile, people.profiles, values, state.PROFILE_KEYS)
    skills = Skill.objects.filter(program=people.cohort.program_id)
    slugs = dict(skills.values_list("slug", "pk"))
    _replace_levels(OfferedSkill, slugs, _chosen(values, "offered"))
    _replace_levels(WantedSkill, slugs, _chosen(values, "wanted"))
    _replace_hours(_chosen(values, "slots"))


def _set(model, rows, values, keys):
    """Insert or update the rows that are new or have a value for one of the keys."""
    touched = []
    for user, wanted in values.items():
        row = rows.get(user)
        mine = [key for key in keys if key in wanted]
        for key in mine:
            setattr(row, key, state.or_empty(key, wanted[key]))
        if row is not None and (mine or row._state.adding):
            touched.append(row)
    names = [field.attname for field in model._meta.concrete_fields]
    _put(model, ([getattr(row, name) for name in names] for row in touched), keys)


def _put(model, rows, updated=()):
    """Insert rows (values in the order of the model's columns); where a row with this
    key is there already, update these columns of it.

    The rows travel as one JSON value for each batch: with arrays among the columns
    bulk_create takes five times as long.
    """
    columns = [field.column for field in model._meta.concrete_fields]
    statement = _statement(model, columns, updated)
    rows = (dict(zip(columns, row, strict=True)) for row in rows)
    with connection.cursor() as cursor:
        while batch := list(islice(rows, BATCH)):
            cursor.execute(statement, [json.dumps(batch, cls=DjangoJSONEncoder)])


def _statement(model, columns, updated):
    quote = connection.ops.quote_name
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
    listed = ", ".join(map(quote, columns))
    changes = ", ".join(f"{quote(name)} = excluded.{quote(name)}" for name in updated)
    conflict = f" on conflict ({key}) do update set {changes}" if updated else ""
    return (
        f"insert into {table} ({listed}) select {listed}"
        f" from jsonb_populate_recordset(null::{table}, %s::jsonb){conflict}"
    )


def _chosen(values, key):
    return {user: wanted[key] for user, wanted in values.items() if key in wanted}


def _replace_levels(model, skills, chosen):
    model.objects.filter(profile__in=chosen, skill__in=skills.values()).delete()
    rows = (
        {"profile_id": user, "skill_id": skills[slug], "level": level}
        for user, pairs in chosen.items()
        for slug, level in pairs
        if slug in skills
    )
    _put_new(model, rows)


def _replace_hours(chosen):
    Availability.objects.filter(profile__in=chosen).delete()
    rows = (
        {
            "profile_id": user,
            "weekday": weekday,
            "starts": time(*divmod(start, 60)),
            "ends": time(*divmod(end, 60)),
            "zone": zone,
        }
        for user, slots in chosen.items()
        for weekday, start, end, zone in slots
    )
    _put_new(Availability, rows)


def _put_new(model, rows):
    """Insert rows given as {column: value}, each with a new id."""
    names = [field.attname for field in model._meta.concrete_fields]
    filled = ({"id": uuid4(), **row} for row in rows)
    _put(model, ([row[name] for name in names] for row in filled))
