"""What people may upload: an allow-list by name and by content, and how it is kept."""

from .accept import NAMES, Accepted, Refused, accept, too_large

__all__ = ["NAMES", "Accepted", "Refused", "accept", "too_large"]
