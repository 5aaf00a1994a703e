"""What coordinators and the steering group hear about periods."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from mentorship.outbox.models import Kind, Notice

from .models import Period
from .themes import fewest_behind


def digest(period: Period, people: Iterable, *, at: datetime) -> list[Notice]:
    """To everybody who reads the report: a period is published, with its main figures.
    The mail reads the published rows itself, when it is sent."""
    path = reverse("insights:report", args=[period.program_id])
    return [
        Notice(
            recipient=person,
            kind=Kind.DIGEST,
            template="insights/digest",
            key=f"period:{period.pk}:{period.state}:{person.pk}",
            context={**days_of(period), "path": f"{path}?period={period.pk}"},
            due_at=at,
            **about(period),
        )
        for person in people
    ]


def settled(period: Period, people: Iterable, *, at: datetime) -> list[Notice]:
    """To coordinators: a period is checked and waits for them, or is withheld, and
    why."""
    return [
        Notice(
            recipient=person,
            kind=Kind.DIGEST,
            template=f"insights/{period.state}",
            key=f"period:{period.pk}:{period.state}:{person.pk}",
            context={
                **days_of(period),
                "path": reverse("insights:period", args=[period.pk]),
                "because": period.withheld_because,
                "publishes_at": period.publishes_at and period.publishes_at.isoformat(),
            },
            due_at=at,
            **about(period),
        )
        for person in people
    ]


def themes_left(period: Period, people: Iterable, *, at: datetime) -> list[Notice]:
    """To coordinators: a period is published without some of its themes, which stay
    drafts."""
    return [
        Notice(
            recipient=person,
            kind=Kind.DIGEST,
            template="insights/themes_left",
            key=f"period:{period.pk}:themes:{person.pk}",
            context={
                **days_of(period),
                "path": reverse("insights:period", args=[period.pk]),
                "fewest": fewest_behind(period.rule),
            },
            due_at=at,
            **about(period),
        )
        for person in people
    ]


def days_of(period: Period) -> dict:
    return {
        "program": period.program.name,
        "period": str(period.pk),
        "first": period.starts_on.isoformat(),
        "last": period.ends_on.isoformat(),
        # Said once and for good, so no week has had enough mail for it.
        "beyond_cap": True,
    }


def about(period: Period) -> dict:
    return {
        "program_id": period.program_id,
        "about_kind": period._meta.label_lower,
        "about_id": period.pk,
    }
