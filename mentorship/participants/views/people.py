"""The list of a cohort's people, and what is done with many of them at once."""

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count, Q
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from django_tables2 import RequestConfig

from mentorship.accounts.actions import AccountIsClosed
from mentorship.accounts.models import audit
from mentorship.accounts.prepared import prepared
from mentorship.charter.shell import coordinated_cohort, coordinator_shell
from mentorship.ui.export import table_spreadsheet

from .. import actions
from ..filters import PeopleFilter
from ..forms.people import AddPersonForm, WriteForm
from ..models import TAKING_PART, UNANSWERED, Participant
from ..tables import PeopleTable, people_rows

COUNTED = [
    *("everyone", "taking_part", "mentors", "mentees"),
    *("to_invite", "unanswered", "ready"),
]
# A charter that is not written yet sets no limit of its own.
MOST_MENTEES = 3


@require_safe
def people(request, cohort):
    cohort = coordinated_cohort(request.user, cohort)
    counts = count_people(cohort)
    places = Participant.objects.filter(cohort=cohort).only("pk")
    filterset = PeopleFilter(request.GET, places, cohort=cohort)
    table = PeopleTable(filterset.qs, program=cohort.program_id)
    RequestConfig(request).configure(table)
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "participants/people.html",
        {
            **coordinator_shell(cohort, nav="people"),
            "counts": {"people": counts["taking_part"]},
            "tally": counts,
            "views": saved_views(counts, query),
            "filterset": filterset,
            "table": table,
            "matching": query.urlencode(),
        },
    )


def count_people(cohort):
    """How many people each saved view holds; one query."""
    rows = people_counted(cohort.pk)
    counts = dict.fromkeys(COUNTED, 0) | (rows[0] if rows else {})
    return counts | {"not_ready": counts["taking_part"] - counts["ready"]}


@prepared
def people_counted(cohort):
    """One row for a cohort, none for one without people."""
    places = Participant.objects.filter(cohort=cohort).order_by()
    views = {
        "taking_part": TAKING_PART,
        "mentors": TAKING_PART & Q(is_mentor=True),
        "mentees": TAKING_PART & Q(is_mentee=True),
        "to_invite": Q(state=Participant.State.IMPORTED),
        "unanswered": UNANSWERED,
        "ready": Q(pk__in=places.ready().values("pk")),
    }
    return places.values("cohort").annotate(
        everyone=Count("pk"),
        **{name: Count("pk", filter=which) for name, which in views.items()},
    )


def saved_views(counts, query):
    """The tabs above the list: label, count, address and whether it is this one."""
    views = [
        (_("Everyone"), counts["everyone"], {}),
        (_("Mentors"), counts["mentors"], {"side": "mentor"}),
        (_("Mentees"), counts["mentees"], {"side": "mentee"}),
        (_("Not invited yet"), counts["to_invite"], {"state": "imported"}),
        (_("Invited, no answer yet"), counts["unanswered"], {"state": "invited"}),
        (_("Not ready yet"), counts["not_ready"], {"readiness": "no"}),
        (_("Ready"), counts["ready"], {"readiness": "yes"}),
    ]
    chosen = {key: value for key, value in query.items() if value and key != "sort"}
    return [
        {
            "label": label,
            "count": count,
            "url": "?" + urlencode(wanted),
            "current": wanted == chosen,
        }
        for label, count, wanted in views
    ]


@require_safe
def export(request, cohort, kind):
    """All people the filter finds, as a spreadsheet; who took it out is noted."""
    cohort = coordinated_cohort(request.user, cohort)
    filterset = PeopleFilter(request.GET, people_rows(cohort), cohort=cohort)
    table = PeopleTable(filterset.qs, program=cohort.program_id)
    answer = table_spreadsheet(table, kind, "people")
    audit(
        "exported people",
        cohort,
        by=request.user,
        program_id=cohort.program_id,
        kind=kind,
    )
    return answer


# ------------------------------------------------------------- many people at once
def chosen_people(data, cohort):
    """The ticked places, or all that match the filter when that box is ticked."""
    places = Participant.objects.filter(cohort=cohort)
    if "all" in data:
        matching = QueryDict(data.get("matching", ""))
        return PeopleFilter(matching, places, cohort=cohort).qs
    return places.filter(pk__in=filter(None, map(as_uuid, data.getlist("select"))))


def as_uuid(text):
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def back_to_list(request, cohort):
    """The person's page when the act began there, else the list as it was."""
    if person := as_uuid(request.POST.get("person", "")):
        return redirect("participants:person", person)
    answer = redirect("participants:people", cohort.pk)
    if matching := QueryDict(request.POST.get("matching", "")).urlencode():
        answer["Location"] += f"?{matching}"
    return answer


@require_POST
def invite(request, cohort):
    cohort = coordinated_cohort(request.user, cohort)
    places = chosen_people(request.POST, cohort)
    try:
        n = actions.invite(places, by=request.user, at=timezone.now())
    except actions.CharterIsMissing:
        words = _("Publish the charter before you invite people: they agree to it.")
        messages.warning(request, words)
        return back_to_list(request, cohort)
    if n:
        words = ngettext(
            "One person gets an invitation within a few minutes.",
            "%(n)d people get an invitation within a few minutes.",
            n,
        )
        messages.success(request, words % {"n": n})
    else:
        words = _("Nobody to invite here: they joined, or were invited just now.")
        messages.warning(request, words)
    return back_to_list(request, cohort)


@require_POST
def remind(request, cohort):
    cohort = coordinated_cohort(request.user, cohort)
    places = chosen_people(request.POST, cohort)
    n = actions.remind(places, by=request.user, at=timezone.now())
    if n:
        words = ngettext(
            "One person gets a reminder within a few minutes.",
            "%(n)d people get a reminder within a few minutes.",
            n,
        )
        messages.success(request, words % {"n": n})
    else:
        words = _(
            "Nobody to remind here: they answered, or heard from us enough this week."
        )
        messages.warning(request, words)
    return back_to_list(request, cohort)


@require_POST
def write(request, cohort):
    """Compose, then preview, then send; each is the same form with one button more."""
    cohort = coordinated_cohort(request.user, cohort)
    places = chosen_people(request.POST, cohort).taking_part()
    step = request.POST.get("step")
    form = WriteForm(request.POST) if step else WriteForm()
    if step == "send" and form.is_valid():
        return send(request, cohort, places, form.cleaned_data)
    n = places.count()
    if not n:
        messages.warning(request, _("First tick the people you want to write to."))
        return back_to_list(request, cohort)
    context = {
        **coordinator_shell(cohort, nav="people"),
        "form": form,
        "preview": step == "preview" and form.is_valid(),
        "n": n,
        "first": places.select_related("user")[:3],
        "select": request.POST.getlist("select"),
        "everyone": "all" in request.POST,
        "matching": request.POST.get("matching", ""),
        "person": request.POST.get("person", ""),
    }
    status = 422 if form.errors else 200
    return render(request, "participants/write.html", context, status=status)


def send(request, cohort, places, message):
    n = actions.write_to(places, by=request.user, at=timezone.now(), **message)
    words = ngettext(
        "Your message goes to one person.", "Your message goes to %(n)d people.", n
    )
    messages.success(request, words % {"n": n})
    return back_to_list(request, cohort)


# -------------------------------------------------------------------- one more person
@require_http_methods(["GET", "HEAD", "POST"])
def add(request, cohort):
    cohort = coordinated_cohort(request.user, cohort)
    charter = cohort.program.in_force
    most = charter.most_mentees if charter else MOST_MENTEES
    form = AddPersonForm(request.POST or None, most_mentees=most)
    if not charter:
        del form.fields["invite"]
    if request.method == "POST" and form.is_valid():
        added = add_person(form, cohort, request.user)
        if added:
            words = _("%(name)s is on the list.") % {"name": added.name}
            messages.success(request, words)
            return redirect("participants:people", cohort.pk)
    context = {**coordinator_shell(cohort, nav="people"), "form": form}
    status = 422 if form.errors else 200
    return render(request, "participants/add.html", context, status=status)


def add_person(form, cohort, by):
    """The new place, or None with the reason beside the address."""
    data = form.cleaned_data
    names = {name: data[name] for name in ("email", "given_name", "family_name")}
    at = timezone.now()
    try:
        added = actions.add_participant(cohort, by=by, at=at, **names, **form.place())
    except actions.AlreadyInCohort:
        form.add_error("email", _("This person is in the cohort already"))
    except AccountIsClosed:
        form.add_error("email", _("The account with this address is closed"))
    else:
        if data.get("invite"):
            places = Participant.objects.filter(pk=added.pk)
            actions.invite(places, by=by, at=at)
        return added
