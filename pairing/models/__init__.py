from .afterwards import Afterwards, running_or_to_ask
from .agreement import Agreement, AgreementWords, fetch_agreements
from .feed import CalendarFeed
from .health import HealthReason, fetch_care
from .inclusion import InclusionCheck
from .pair import Pair
from .pilot import PilotAnswer, PilotQuestion
from .round import PairRule, Proposal, Round, Snapshot, Weights
from .say import DeclineReason, SayAnswer, SayQuestion, Veto, Wish
from .session import Session, SessionWords, fetch_sessions
from .workspace import File, Link, Note, NotebookEntry

__all__ = [
    "Afterwards",
    "Agreement",
    "AgreementWords",
    "CalendarFeed",
    "DeclineReason",
    "File",
    "HealthReason",
    "InclusionCheck",
    "Link",
    "Note",
    "NotebookEntry",
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
    "fetch_agreements",
    "fetch_care",
    "fetch_sessions",
    "running_or_to_ask",
]
