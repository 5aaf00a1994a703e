"""Conditions that Django has no word for."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func


class AnyOf(Func):
    """Whether the column at `path` is one of the values that a queryset of one column
    finds.

    The database finds them first and then looks each up in an index, on both sides of
    an "or" too, where a condition on a joined table would read both tables whole.
    """

    arg_joiner = " = any("
    template = "%(expressions)s)"

    def __init__(self, path: str, values):
        super().__init__(F(path), ArraySubquery(values), output_field=BooleanField())
