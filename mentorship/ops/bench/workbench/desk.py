"""A coordinator at the workbench, through Django's test client: the real addresses,
views, templates and database."""

from django.conf import settings
from django.test import Client
from django.urls import reverse

from mentorship.charter.models import Cohort
from pairing import engine
from pairing.actions.runs import Run, plan_of, run_of
from pairing.models import Round


class Refused(Exception):
    """A step could not be done as when all is well; its time would say nothing."""


class Desk:
    """One cohort's workbench and somebody signed in to it."""

    def __init__(self, cohort: Cohort, coordinator):
        self.cohort, self.coordinator = cohort, coordinator
        self.client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0].lstrip("."))
        self.client.force_login(coordinator)

    def look(self, name="workbench", *about, **asked):
        """Fetch a page of the cohort."""
        address = reverse(f"pairing:{name}", args=[self.cohort.pk, *about])
        return self.answer(self.client.get(address, asked, secure=settings.HTTPS))

    def post(self, name, **data):
        """Post as the open plan is seen, and fetch the page to which that leads."""
        address = reverse(f"pairing:{name}", args=[self.cohort.pk])
        return self.send(address, {"seen": str(self.seen or ""), **data})

    def change(self, verb, **about):
        return self.post("change", verb=verb, **about)

    def undo(self):
        return self.send(reverse("pairing:undo", args=[self.seen]), {})

    def send(self, address, data):
        how = {"follow": True, "secure": settings.HTTPS}
        answer = self.client.post(address, data, **how)
        if not answer.redirect_chain:
            raise Refused(f"{address} answered {answer.status_code}")
        return self.answer(answer)

    def answer(self, answer):
        if answer.status_code != 200:
            raise Refused(f"{answer.request['PATH_INFO']}: {answer.status_code}")
        return answer

    # ------------------------------------------------------------ what is on the screen
    @property
    def open(self):
        """The open round."""
        return Round.objects.filter(cohort=self.cohort, state=Round.State.PROPOSED)

    @property
    def seen(self):
        return self.open.values_list("pk", flat=True).first()

    @property
    def run(self) -> Run:
        return run_of(self.seen)

    def plan(self) -> engine.Plan:
        return plan_of(self.open.get())

    def pairs(self) -> list[tuple[str, str]]:
        """(mentee, mentor) of the open plan, without those that somebody pinned."""
        rules = self.run.problem.rules
        pinned = {rule.mentee for rule in rules if rule.kind == "pin"}
        found = sorted(self.plan().mentor_of.items())
        return [pair for pair in found if pair[0] not in pinned]
