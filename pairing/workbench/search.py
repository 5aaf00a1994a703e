"""Which proposals are shown, in what order, on which page."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Case, Count, Q, Value, When
from django.utils.translation import gettext_lazy as _

from pairing.models import Proposal
from pairing.models.round import ProposalQuerySet

A_PAGE = 20
ORDERS = {
    "best": (_("Best fit first"), ["-score", "id"]),
    "lowest": (_("Lowest fit first"), ["score", "id"]),
    "name": (
        _("By the mentee’s name"),
        ["mentee__user__family_name", "mentee__user__given_name", "id"],
    ),
}
NAMES = ("given_name", "family_name", "called")


@dataclass(frozen=True)
class Search:
    """A name to look for, an order and a page, as the address has them."""

    words: str = ""
    order: str = "best"
    page: str = "1"
    decide: bool = False

    @classmethod
    def of(cls, query) -> "Search":
        """The search in a request's query; what is not understood is left out."""
        order = query.get("order", "best")
        return cls(
            words=query.get("q", "").replace("\0", "").strip()[:100],
            order=order if order in ORDERS else "best",
            page=query.get("page", "1"),
            decide="decide" in query,
        )

    @property
    def kept(self) -> dict[str, str]:
        """What is not as usual, by the names that addresses and forms give it."""
        parts = {"q": self.words, "order": self.order, "page": self.page}
        usual = {"q": "", "order": "best", "page": "1"}
        return {name: it for name, it in parts.items() if it and it != usual[name]}

    @property
    def query(self) -> str:
        """The search as part of an address."""
        return urlencode(self.kept)

    @property
    def orders(self) -> list[tuple]:
        """Every order with its words, for the choice."""
        return [(name, words) for name, (words, _fields) in ORDERS.items()]

    def matches(self) -> Q:
        """Every word is part of one of the two names."""
        found = Q()
        for word in self.words.split():
            fields = [
                f"{who}__user__{name}" for who in ("mentor", "mentee") for name in NAMES
            ]
            one = Q()
            for field in fields:
                one |= Q(**{f"{field}__icontains": word})
            found &= one
        return found

    def counts(self, proposals: ProposalQuerySet) -> dict[str, int]:
        """How many are proposed, told to people, and found; one query."""
        shown = ~Q(state=Proposal.State.DROPPED)
        proposed = Q(state=Proposal.State.PROPOSED)
        return proposals.order_by().aggregate(
            proposed=Count("pk", filter=proposed),
            told=Count("pk", filter=shown & ~proposed),
            found=Count("pk", filter=shown & self.matches()),
        )

    def page_of(self, proposals: ProposalQuerySet, count: int):
        """One page of those found; what nobody was told comes first."""
        untold = Case(
            When(state=Proposal.State.PROPOSED, then=Value(0)), default=Value(1)
        )
        _words, fields = ORDERS[self.order]
        shown = proposals.exclude(state=Proposal.State.DROPPED).filter(self.matches())
        pages = Paginator(shown.with_people().order_by(untold, *fields), A_PAGE)
        pages.count = count
        return pages.get_page(self.page)
