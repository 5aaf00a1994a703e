"""Delivery: lease a few notices, send them outside any transaction, mark each."""

from .bounces import RECENT_ENOUGH, write_again
from .claiming import BATCH, LEASE, claim, most_a_week
from .delivering import BACK_OFF, put_off, settle, sweep
from .gate import hold_mail, release_mail
from .preferences import choose, turn_off
from .retrying import NotRetriable, retry, retry_all
from .rooms import add_room, drop_room, tell_of_check_ins, tell_rooms, try_room

__all__ = [
    "BACK_OFF",
    "BATCH",
    "LEASE",
    "RECENT_ENOUGH",
    "NotRetriable",
    "add_room",
    "choose",
    "claim",
    "drop_room",
    "hold_mail",
    "most_a_week",
    "put_off",
    "release_mail",
    "retry",
    "retry_all",
    "settle",
    "sweep",
    "tell_of_check_ins",
    "tell_rooms",
    "try_room",
    "turn_off",
    "write_again",
]
