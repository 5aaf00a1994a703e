from .inclusion import InclusionCheck
from .pair import Pair, PilotAnswer, PilotQuestion
from .round import PairRule, Proposal, Round, Snapshot, Weights
from .say import DeclineReason, SayAnswer, SayQuestion, Veto, Wish
from .session import Session, SessionWords

__all__ = [
    "DeclineReason",
    "InclusionCheck",
    "Pair",
    "PairRule",
    "PilotAnswer",
    "PilotQuestion",
    "Proposal",
    "Round",
    "SayAnswer",
    "SayQuestion",
    "Session",
    "SessionWords",
    "Snapshot",
    "Veto",
    "Weights",
    "Wish",
]
