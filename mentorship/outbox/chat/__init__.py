"""Chat rooms: a short message through Apprise, to public addresses only."""

from .addresses import Refused, check
from .sending import Failed, compose, send

__all__ = ["Failed", "Refused", "check", "compose", "send"]
