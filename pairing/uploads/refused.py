class Refused(Exception):
    """A file that is not kept; its only argument says why, and what would help."""
