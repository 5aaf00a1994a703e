from django.contrib import messages
from django.db.models import Count, Max, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mentorship.accounts.prepared import prepared

from .. import actions
from .. import changes as diff
from ..forms import DraftForms
from ..models import (
    Acknowledgment,
    CharterVersion,
    CoreOutcome,
    EscalationStep,
    fetch_words,
)
from ..permissions import (
    FACILITATOR,
    can_read_charter,
    can_write_charter,
    has_role,
    permit,
)
from ..shell import program_shell, reader_shell, visible_program


def _program(request, program, allowed=can_write_charter):
    program = visible_program(request.user, program)
    permit(allowed(request.user, program))
    return program


def _words(version) -> dict:
    """Context of charter/_charter.html."""
    return {
        "version": version,
        "text": version.text_in(get_language()),
        "outcomes": version.outcomes.all(),
        "steps": version.escalation.all(),
    }


@require_safe
def read(request, program):
    """The charter in force, for everybody with a role in the program."""
    program = _program(request, program, can_read_charter)
    current = {version.state: version for version in not_replaced(program)}
    version = current.get(CharterVersion.State.IN_FORCE)
    context = {
        **reader_shell(request.user, program, nav="charter"),
        "writes": can_write_charter(request.user, program),
        "helps": has_role(request.user, program, FACILITATOR),
    }
    if not version:
        return render(request, "charter/no_charter.html", context)
    version.program = program
    fetch_words([version])
    context |= {
        **_words(version),
        "agreed": next(iter(agreed_to(version, request.user)), {"n": 0}),
        "draft": current.get(CharterVersion.State.DRAFT),
    }
    return render(request, "charter/charter.html", context)


@prepared
def not_replaced(program):
    return CharterVersion.objects.filter(program=program).not_replaced()


@prepared
def agreed_to(version, user):
    """How many agreed to a version, and when this person did; nothing if nobody has."""
    agreed = Acknowledgment.objects.filter(charter=version).values("charter")
    mine = Max("at", filter=Q(user=user))
    return agreed.annotate(n=Count("pk"), own_at=mine)


@require_POST
def start(request, program):
    program = _program(request, program)
    actions.start_draft(program, by=request.user, at=timezone.now())
    return redirect("charter:draft", program.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request, program):
    """Write the charter; saved at any time, complete or not."""
    program = _program(request, program)
    version = program.versions.drafts().whole().first()
    if not version and request.method != "POST":
        messages.info(request, _("There is no draft. Propose a change to start one."))
        return redirect("charter:charter", program.pk)
    # Published while somebody was writing: what they send is compared with a new one.
    version = version or _fresh_draft(request, program)
    forms = DraftForms(version, request.POST if request.method == "POST" else None)
    if request.method == "POST" and forms.is_valid():
        try:
            actions.save_draft(
                version, **forms.cleaned(), by=request.user, at=timezone.now()
            )
        except actions.DraftHasChanged:
            return _both_texts(request, program, forms)
        return _after_saving(request, program)
    status = 422 if request.method == "POST" else 200
    return _draft_page(request, program, version, forms, status)


def _fresh_draft(request, program):
    draft = actions.start_draft(program, by=request.user, at=timezone.now())
    return CharterVersion.objects.whole().get(pk=draft.pk)


def _draft_page(request, program, version, forms, status, **more):
    context = {
        **program_shell(program, nav="charter"),
        "version": version,
        "forms": forms,
        "has_errors": status == 422,
        "missing": actions.what_is_missing(version) if status == 200 else [],
        **more,
    }
    return render(request, "charter/draft.html", context, status=status)


def _after_saving(request, program):
    """On to where the pressed button says."""
    then = request.POST.get("then")
    if then == "review":
        return redirect("charter:publish", program.pk)
    messages.success(request, _("Saved. Only coordinators see the draft."))
    anchor = f"#{then}" if then in ("outcomes", "steps") else ""
    return redirect(reverse("charter:draft", args=[program.pk]) + anchor)


def _both_texts(request, program, forms):
    """Somebody else saved meanwhile: what differs, both ways, and nothing lost."""
    stored = _fresh_draft(request, program)
    mine = diff.words_of(
        forms.promises.instance,
        forms.sections.cleaned_data,
        [CoreOutcome(**row) for row in forms.outcomes.rows()],
        [EscalationStep(**row) for row in forms.steps.rows()],
    )
    differing = diff.changes(diff.words_of_version(stored), mine)
    # Saving once more is then a decision: these words instead of those.
    forms.promises.data = request.POST.copy()
    forms.promises.data[forms.promises.add_prefix("version")] = stored.version
    return _draft_page(request, program, stored, forms, 409, differing=differing)


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request, program):
    """Read the draft as it will be, see what is missing, publish."""
    program = _program(request, program)
    version = program.versions.drafts().whole().first()
    if request.method == "POST":
        return _publish(request, program, version)
    if not version:
        return redirect("charter:charter", program.pk)
    context = {
        **program_shell(program, nav="charter"),
        **_words(version),
        "missing": actions.what_is_missing(version),
    }
    return render(request, "charter/publish.html", context)


def _publish(request, program, version):
    seen = request.POST.get("version", "")
    try:
        if not version or not seen.isdecimal():
            raise actions.DraftHasChanged
        actions.publish_charter(
            version, version=int(seen), by=request.user, at=timezone.now()
        )
    except actions.CharterIsIncomplete:
        return redirect("charter:publish", program.pk)
    except actions.DraftHasChanged:
        words = _(
            "Somebody changed or published this draft just now. Please look again."
        )
        messages.error(request, words)
        return redirect("charter:publish" if version else "charter:charter", program.pk)
    words = _("Version %(number)d is in force.") % {"number": version.number}
    messages.success(request, words)
    return redirect("charter:charter", program.pk)


@require_safe
def changes(request, program, number):
    """What a version says otherwise than the one before it."""
    program = _program(request, program, can_read_charter)
    two = program.versions.whole().filter(number__in=[number, number - 1])
    found = {version.number: version for version in two}
    version = found.get(number)
    if not version or (
        version.state == CharterVersion.State.DRAFT
        and not can_write_charter(request.user, program)
    ):
        raise Http404
    before = found.get(number - 1)
    words = diff.words_of_version(version)
    context = {
        **reader_shell(request.user, program, nav="charter"),
        "version": version,
        "before": before,
        "changes": diff.changes(diff.words_of_version(before), words) if before else [],
    }
    return render(request, "charter/changes.html", context)
