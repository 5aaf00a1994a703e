"""Fields whose content lies sealed in the database and opens on the row at hand."""

import json
from dataclasses import dataclass

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from mentorship.accounts import sealing


@dataclass(frozen=True, repr=False)
class Sealed:
    """What the database holds: nothing to read without its row."""

    data: bytes

    def __str__(self):
        return "sealed"


class OpenedWhenRead(DeferredAttribute):
    """Opens a sealed value the first time somebody looks at it."""

    def __get__(self, instance, cls=None):
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = self.field.opened(instance, value)
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = value


def is_written(row, name: str) -> bool:
    """Whether a sealed field of a row holds words; they are not opened for that."""
    value = row.__dict__[name]
    return bool(value.data if isinstance(value, Sealed) else value)


class SealedTextField(models.Field):
    """Text that is encrypted with the key of one holder: a pair, a person, a concern.

    `by` names the column of the same row that says who the holder is. The table, the
    row, the column and the holder are bound to the text, so that moving it elsewhere
    breaks it. It cannot be searched, compared or updated without its row.
    """

    descriptor_class = OpenedWhenRead
    empty_strings_allowed = True
    nothing: str | list | dict = ""

    def __init__(self, *args, by: str, **kwargs):
        self.by = by
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"by": self.by}

    def get_internal_type(self):
        return "BinaryField"

    def from_db_value(self, value, expression, connection):
        return None if value is None else Sealed(bytes(value))

    def pre_save(self, instance, add):
        value = instance.__dict__.get(self.attname, self.nothing)
        return value if isinstance(value, Sealed) else self.sealed(instance, value)

    def get_db_prep_value(self, value, connection, prepared=False):
        if isinstance(value, Sealed):
            return connection.Database.Binary(value.data)
        if value in (None, "", b""):
            return connection.Database.Binary(b"")
        raise TypeError(f"{self.name} is sealed: save it through its row.")

    def sealed(self, instance, value) -> Sealed:
        if not value:
            return Sealed(b"")
        holder, place = getattr(instance, self.by), self.place_of(instance)
        return Sealed(sealing.seal(self.to_text(value), holder=holder, place=place))

    def opened(self, instance, value: Sealed):
        if not value.data:
            return self.from_text("")
        holder, place = getattr(instance, self.by), self.place_of(instance)
        return self.from_text(sealing.unseal(value.data, holder=holder, place=place))

    def place_of(self, instance) -> str:
        return f"{instance._meta.db_table}:{instance.pk}:{self.column}"

    def to_text(self, value) -> str:
        return value

    def from_text(self, text: str):
        return text

    def formfield(self, **kwargs):
        from django import forms

        kwargs.setdefault("widget", forms.Textarea)
        return super().formfield(
            form_class=forms.CharField, max_length=self.max_length, **kwargs
        )


class SealedJSONField(SealedTextField):
    """The same for a list or a dict; `default` says which."""

    def to_text(self, value) -> str:
        return json.dumps(value, ensure_ascii=False)

    def from_text(self, text: str):
        return json.loads(text) if text else self.get_default()

    def pre_save(self, instance, add):
        value = instance.__dict__.get(self.attname)
        return value if isinstance(value, Sealed) else self.sealed(instance, value)
