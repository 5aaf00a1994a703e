"""Statements that Django builds once, for the pages that are opened most.

To build a queryset and turn it into SQL takes Python longer than to run it. The words
of such a statement are the same at every call; only its values differ.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from functools import wraps
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models.base import ModelState
from django.db.models.query import ModelIterable
from django.utils import timezone
from django.utils.translation import get_language

EPOCH = dt.datetime(1, 1, 2, tzinfo=dt.UTC)
NOWHERE = ZoneInfo("Antarctica/Troll")  # while a statement is built


class ValueWouldStay(Exception):
    """A prepared statement holds a key, a day or a moment that is none of its
    arguments, or lacks one: it would find the same for everybody."""


def prepared(build: Callable[..., models.QuerySet]) -> Callable[..., list]:
    """Let a function that returns a queryset return its rows, and build the queryset
    once for each shape of its arguments.

    Arguments are rows, keys, moments, days or words, or lists of them; `build` passes
    them on to conditions and computes nothing from them. Raises ValueWouldStay.
    """
    statements: dict[tuple, Statement] = {}

    @wraps(build)
    def rows(*arguments):
        shape = get_language(), *map(shape_of, arguments)
        if shape not in statements:
            statements[shape] = Statement(build, arguments)
        return statements[shape].rows(arguments)

    return rows


class Statement:
    """A queryset with its SQL, and which argument goes where in that."""

    def __init__(self, build, arguments):
        stand_ins = [stand_in(one) for one in arguments]
        with timezone.override(NOWHERE):
            self.queryset = build(*stand_ins)
            self.compiler = self.queryset.query.get_compiler(self.queryset.db)
            try:
                self.sql, self.params = self.compiler.as_sql()
            except EmptyResultSet:
                self.sql, self.params = "", ()
        found = self.compiler.get_converters([s[0] for s in self.compiler.select or ()])
        self.compiler.get_converters = lambda _columns: found
        self.converters = found
        self.maker = maker_for(self.queryset, self.compiler) if self.sql else None
        numbers = {value: n for n, value in enumerate(flat(stand_ins))}
        fixed = [p for p in self.params if p.__hash__ is None or p not in numbers]
        self.slots = [
            (at, numbers[value])
            for at, value in enumerate(self.params)
            if value.__hash__ is not None and value in numbers
        ]
        lost = len(numbers) - len({n for _at, n in self.slots})
        if self.sql and (lost or any(is_of_one_call(value) for value in fixed)):
            raise ValueWouldStay(self.sql)

    def rows(self, arguments) -> list:
        """What it finds now. The rows' relations are fetched as with any queryset."""
        if not self.sql:
            return []
        given, params = list(flat(arguments)), list(self.params)
        for at, number in self.slots:
            params[at] = given[number]
        connection = connections[self.queryset.db]
        if self.maker:
            return self.made(connection, params)
        compiler = copy(self.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_args, **_options: (self.sql, tuple(params))
        queryset = self.queryset.all()
        queryset.query.get_compiler = lambda *_args, **_options: compiler
        with planned_once(connection):
            return list(queryset)

    def made(self, connection, params) -> list:
        """The rows of a model, without what Django finds out anew for each of them."""
        with planned_once(connection), connection.cursor() as cursor:
            cursor.execute(self.sql, tuple(params))
            found = cursor.fetchall()
        if self.converters:
            compiler = copy(self.compiler)
            compiler.connection = connection
            found = compiler.apply_converters(found, self.converters)
        return [self.maker.row(values, connection.alias) for values in found]


def maker_for(queryset, compiler) -> "Maker | None":
    """What makes the queryset's rows; none where it finds values, or more than its
    statement does."""
    if queryset._iterable_class is not ModelIterable:
        return None
    if queryset._prefetch_related_lookups or queryset.query.combinator:
        return None
    return Maker(compiler.klass_info, compiler.select, compiler.annotation_col_map)


class Maker:
    """Makes a model's row, with its relations, from the columns of a result. Django
    sets the fields of a row one by one, and a list of forty pairs has two hundred rows;
    nothing here listens to the signals that it sends about each."""

    def __init__(self, info: dict, select: list, annotations: dict | None = None):
        self.model, fields = info["model"], info["select_fields"]
        self.names = [select[at][0].target.attname for at in fields]
        self.columns = slice(fields[0], fields[-1] + 1)
        self.key = fields[self.names.index(self.model._meta.pk.attname)]
        self.annotations = annotations or {}
        self.related = [
            (Maker(one, select), one["local_setter"], one["remote_setter"])
            for one in info.get("related_klass_infos", ())
        ]

    def row(self, values, alias: str):
        """A row of the model, or None where an outer join found none."""
        if values[self.key] is None:
            return None
        row = self.model.__new__(self.model)
        row._state = ModelState()
        row._state.adding, row._state.db = False, alias
        known = row.__dict__
        known.update(zip(self.names, values[self.columns], strict=True))
        for name, at in self.annotations.items():
            known[name] = values[at]
        for maker, set_here, set_there in self.related:
            other = maker.row(values, alias)
            set_here(row, other)
            if other is not None:
                set_there(other, row)
        return row


@contextmanager
def planned_once(connection) -> Iterator[None]:
    """Let Postgres keep the plans of statements in this block, one for each connection;
    psycopg gives up the oldest after a hundred. Not while queries are recorded, because
    then they are told without their values."""
    if connection.queries_logged or not settings.KEEP_PLANS:
        yield
        return
    connection.ensure_connection()
    raw = connection.connection
    kept = raw.cursor_factory, raw.prepare_threshold
    raw.cursor_factory, raw.prepare_threshold = ServerBindingCursor, 0
    try:
        yield
    finally:
        raw.cursor_factory, raw.prepare_threshold = kept


def is_of_one_call(value) -> bool:
    """Whether a value in a statement is a key, a day, a moment or the reader's zone."""
    return isinstance(value, UUID | dt.date) or value == NOWHERE.key


def shape_of(argument):
    """What the words of a statement depend on: the kind of a value, and of a list how
    many there are."""
    return len(argument) if isinstance(argument, list) else type(argument)


def stand_in(argument):
    """Another value of the same kind, that is nowhere else."""
    if isinstance(argument, list):
        return [stand_in(one) for one in argument]
    number = uuid4()
    if isinstance(argument, models.Model):
        return argument._meta.concrete_model(pk=number)
    if isinstance(argument, dt.date):
        moment = EPOCH + dt.timedelta(microseconds=number.int % 10**12)
        day = dt.date(2 + number.int % 900, 1 + number.int % 12, 1 + number.int % 28)
        return moment if isinstance(argument, dt.datetime) else day
    return str(number) if isinstance(argument, str) else number


def flat(arguments: Iterable) -> Iterator:
    """The values of arguments and of lists among them; of a row its key."""
    for one in arguments:
        if isinstance(one, list):
            yield from flat(one)
        else:
            yield one.pk if isinstance(one, models.Model) else one


def fetch(parents: list, name: str, find: Callable, by: str) -> None:
    """Let `parent.<name>.all()` find its rows without a query, as prefetch_related
    does, with one by the prepared function `find` for those that have not fetched them
    yet; `by` is the rows' name for the parent."""
    lacking = {one.pk: one for one in parents if name not in fetched(one)}
    rows: dict = {key: [] for key in lacking}
    for row in find(list(lacking)) if lacking else ():
        link = row._meta.get_field(by)
        key = getattr(row, link.attname)
        link.set_cached_value(row, lacking[key])
        rows[key].append(row)
    for key, parent in lacking.items():
        known = getattr(parent, name).all()
        known._result_cache, known._prefetch_done = rows[key], True
        fetched(parent)[name] = known


def fetched(parent) -> dict:
    """What was fetched of a row's relations, by their names."""
    return parent.__dict__.setdefault("_prefetched_objects_cache", {})
