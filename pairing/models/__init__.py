from .pair import Pair, PilotAnswer, PilotQuestion
from .round import PairRule, Proposal, Round, Weights
from .session import Session, SessionWords

__all__ = [
    "Pair",
    "PairRule",
    "PilotAnswer",
    "PilotQuestion",
    "Proposal",
    "Round",
    "Session",
    "SessionWords",
    "Weights",
]
