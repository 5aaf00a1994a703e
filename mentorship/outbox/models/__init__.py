from .bounce import Bounce
from .gate import DomainPace, Gate
from .kind import Channel, Kind
from .notice import Notice
from .preference import Preference
from .room import ChatRoom

__all__ = [
    "Bounce",
    "Channel",
    "ChatRoom",
    "DomainPace",
    "Gate",
    "Kind",
    "Notice",
    "Preference",
]
