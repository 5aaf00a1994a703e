from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from django_tables2 import RequestConfig

from mentorship.accounts.actions import AccountIsClosed
from mentorship.accounts.models import AuditEntry

from .. import actions
from ..forms import ProgramForm, RoleForm
from ..models import Program, Role
from ..permissions import (
    can_coordinate,
    can_create_program,
    can_give_roles,
    can_read_decisions,
    can_read_report,
    permit,
    roles_of,
)
from ..shell import program_shell, roles_shell
from ..signals import looking_for_role_warnings
from ..tables import AuditTable


@require_safe
def programs(request):
    """The programs one has a role in; a site administrator sees them all by name."""
    mine = roles_of(request.user)
    found = Program.objects.roles_visible_to(request.user)
    rows = [
        {
            "program": program,
            "roles": [
                Role.Kind(kind).label for kind in sorted(mine.get(program.pk, []))
            ],
            "coordinates": can_coordinate(request.user, program),
            "reads_report": can_read_report(request.user, program),
            "is_mine": program.pk in mine,
        }
        for program in found.prefetch_related("cohorts")
    ]
    may_create = can_create_program(request.user)
    context = {"rows": rows, "may_create": may_create, "nav": "programs"}
    return render(request, "charter/programs.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def create(request):
    permit(can_create_program(request.user))
    form = ProgramForm(
        request.POST if request.method == "POST" else None,
        names_coordinator=request.user.is_staff,
        initial={"zone": request.user.zone},
    )
    if form.is_valid():
        try:
            program = actions.create_program(
                **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except AccountIsClosed:
            form.add_error("coordinator", _("This account is closed."))
        else:
            messages.success(request, _("The program is there. Who takes part in it?"))
            if can_coordinate_now(request.user, program):
                return redirect("charter:draft", program.pk)
            return redirect("charter:roles", program.pk)
    status = 422 if form.is_bound else 200
    return render(request, "charter/create.html", {"form": form}, status=status)


def can_coordinate_now(user, program) -> bool:
    """Asked anew, because the user's roles were looked up before they changed."""
    return Program.objects.coordinated_by(user).filter(pk=program.pk).exists()


@require_http_methods(["GET", "HEAD", "POST"])
def roles(request, program):
    visible = Program.objects.roles_visible_to(request.user)
    program = get_object_or_404(visible, pk=program)
    permit(can_give_roles(request.user, program))
    form = RoleForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _gave_role(request, program, form):
        return redirect("charter:roles", program.pk)
    held = list(program.roles.select_related("user").order_by("kind", "since"))
    warnings = []
    for _receiver, more in looking_for_role_warnings.send(Program, program=program):
        warnings += more or []
    context = {
        **roles_shell(request.user, program),
        "form": form,
        "held": held,
        "both": _in_both_groups(held),
        "warnings": warnings,
    }
    status = 422 if form.is_bound else 200
    return render(request, "charter/roles.html", context, status=status)


def _gave_role(request, program, form) -> bool:
    try:
        role = actions.give_role(
            program, **form.cleaned_data, by=request.user, at=timezone.now()
        )
    except actions.HasThatRole:
        form.add_error("email", _("This person has that role already."))
    except AccountIsClosed:
        form.add_error("email", _("This account is closed."))
    else:
        words = _("%(name)s is in. Role: %(role)s.")
        told = {"name": role.user.name, "role": role.get_kind_display()}
        messages.success(request, words % told)
    return form.is_valid()


def _in_both_groups(held) -> list:
    """Who coordinates and also sits in the group that coordinators answer to."""
    steering = {role.user_id for role in held if role.kind == Role.Kind.STEERING}
    return [
        role.user
        for role in held
        if role.kind == Role.Kind.COORDINATOR and role.user_id in steering
    ]


@require_POST
def take(request, program, role):
    visible = Program.objects.roles_visible_to(request.user)
    program = get_object_or_404(visible, pk=program)
    permit(can_give_roles(request.user, program))
    role = get_object_or_404(program.roles.select_related("user"), pk=role)
    try:
        actions.take_role(role, by=request.user, at=timezone.now())
    except actions.LastCoordinator:
        words = _("%(name)s is the only coordinator. Name somebody else first.")
        messages.error(request, words % {"name": role.user.name})
    else:
        words = _("%(name)s no longer has this role: %(role)s.")
        gone = {"name": role.user.name, "role": role.get_kind_display()}
        messages.success(request, words % gone)
    if role.user == request.user:  # one's own role may have been the last
        return redirect("charter:programs")
    return redirect("charter:roles", program.pk)


@require_safe
def log(request, program):
    """Every administrative act in the program; acts only, never anybody's words."""
    visible = Program.objects.visible_to(request.user)
    program = get_object_or_404(visible, pk=program)
    permit(can_read_decisions(request.user, program))
    entries = AuditEntry.objects.of_program(program.pk).with_person()
    table = AuditTable(entries.select_related("by"))
    RequestConfig(request, paginate={"per_page": 25, "silent": True}).configure(table)
    context = {**program_shell(program, nav="log"), "table": table}
    return render(request, "charter/log.html", context)
