"""SQL with named parameters inside Django's own statements, which number theirs."""

import re
from collections.abc import Mapping
from typing import Any

from django.db.models.expressions import RawSQL

NAMED = re.compile(r"%\((\w+)\)s")


def subquery(sql: str, params: Mapping[str, Any]) -> RawSQL:
    """A statement as a subquery for `__in`."""
    return RawSQL(NAMED.sub("%s", sql), [params[name] for name in NAMED.findall(sql)])
