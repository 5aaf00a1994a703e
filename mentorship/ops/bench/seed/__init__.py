"""An invented organization of any size, made by set-based statements, in a database of
its own that is dropped afterwards."""

from .fill import Shape, fill
from .readers import Reader, Readers
from .scratch import scratch

__all__ = ["Reader", "Readers", "Shape", "fill", "scratch"]
