from dataclasses import dataclass
from datetime import datetime

from ..models import Notice

State = Notice.State


@dataclass(frozen=True)
class Fate:
    """What becomes of a due notice; equal ones are written together."""

    state: str = State.PENDING
    skipped_because: str = ""
    due_at: datetime | None = None
    not_after: datetime | None = None
    slot_at: datetime | None = None
