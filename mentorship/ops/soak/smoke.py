"""Everyday acts, in whatever version's code this is run: sign in, look, log a session.

    python -P smoke.py      in the folder of that code, on a database of its rows

Prints what each act was answered with, as JSON.
"""

import json
import os
import re
from datetime import UTC, datetime

PASSWORD = "a password to try upgrades with"
TODAY = datetime.now(UTC).date()  # where both people of the pair live


def main() -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "mentorship.settings"
    django.setup()
    from django.conf import settings
    from django.test.utils import setup_test_environment

    settings.CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache"
    }
    setup_test_environment()
    print(json.dumps(as_a_mentee() | as_staff("coordinator") | as_staff("steering")))


def signed_in(name: str):
    from django.test import Client

    client = Client(raise_request_exception=False)
    form = {"login": f"{name}@kestrel.example", "password": PASSWORD}
    return client, client.post("/accounts/login/", form).status_code


def as_a_mentee() -> dict[str, int]:
    from django.urls import reverse

    from pairing.models import Pair

    client, status = signed_in("mentee")
    answers = {"sign in": status}
    pair = Pair.objects.get(state="pilot", mentee__user__email="mentee@kestrel.example")
    home = client.get(reverse("home:me"))
    page = client.get(reverse("pairing:pair", args=[pair.pk]))
    answers |= {"home": home.status_code, "pair": page.status_code}
    address = reverse("home:log", args=[pair.pk])
    form = client.get(address)
    answers["log"] = client.post(address, log_form(form.content.decode())).status_code
    kept = pair.sessions.filter(state="held", held_on=TODAY, minutes=30)
    return answers | {"logged": kept.count()}


def log_form(page: str) -> dict:
    """The least there is to say; the form's own id as the page offers it."""
    form_id = re.search(r'name="form_id" value="([^"]+)"', page)
    scales = {f"{name}-skip": "1" for name in ("confidence", "together", "clarity")}
    return scales | {
        "form_id": form_id.group(1) if form_id else "",
        "held_on": TODAY.isoformat(),
        "channel": "video",
        "minutes": "30",
        "same": "no",
        "topics": ["wellbeing"],
        "promises-TOTAL_FORMS": "3",
        "promises-INITIAL_FORMS": "0",
    }


def as_staff(role: str) -> dict[str, int]:
    from django.urls import reverse

    from mentorship.charter.models import Cohort

    client, status = signed_in(role)
    cohort = Cohort.objects.get(program__roles__user__email=f"{role}@kestrel.example")
    program = [cohort.program_id]
    pages = {
        "coordinator": {
            "programs": reverse("charter:programs"),
            "cohort": reverse("home:cohort", args=[cohort.pk]),
            "people": reverse("participants:people", args=[cohort.pk]),
            "mail": reverse("ops:delivery", args=program),
        },
        "steering": {"report": reverse("insights:report", args=program)},
    }[role]
    answers = {name: client.get(path).status_code for name, path in pages.items()}
    return {f"sign in as {role}": status} | answers


if __name__ == "__main__":
    main()
