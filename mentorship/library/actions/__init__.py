"""What can be done in the library."""

from .loading import load_pack
from .writing import (
    DraftHasChanged,
    SlugIsTaken,
    publish_item,
    save_draft,
    start_draft,
    take_back,
    write_new,
)

__all__ = [
    "DraftHasChanged",
    "SlugIsTaken",
    "load_pack",
    "publish_item",
    "save_draft",
    "start_draft",
    "take_back",
    "write_new",
]
