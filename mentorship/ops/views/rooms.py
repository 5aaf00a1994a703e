"""Rooms of a program's chat: which there are, and what they hear."""

from django.contrib import messages
from django.db import IntegrityError
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mentorship.charter.shell import program_shell
from mentorship.outbox.actions import add_room, drop_room, try_room
from mentorship.outbox.models import ChatRoom, Notice

from ..forms import RoomForm
from .mail import coordinated_program


@require_http_methods(["GET", "HEAD", "POST"])
def rooms(request, program):
    """The rooms of a program, and a form for another."""
    program = coordinated_program(request, program)
    sent = request.POST if request.method == "POST" else None
    form = RoomForm(sent, program=program)
    if form.is_valid() and added(program, form, by=request.user):
        messages.success(request, _("Added. Send a test message to see that it works."))
        return redirect("ops:rooms", program.pk)
    newest = Notice.objects.order_by("room_id", "-due_at").distinct("room_id")
    found = ChatRoom.objects.of_program(program.pk).prefetch_related(
        Prefetch("notices", newest)
    )
    context = {**program_shell(program, nav="mail"), "form": form, "rooms": found}
    status = 422 if form.is_bound else 200
    return render(request, "ops/rooms.html", context, status=status)


def added(program, form, *, by) -> bool:
    """Add the room of a form, unless somebody else was faster with its name."""
    chosen = {name: form.cleaned_data[name] for name in form.fields}
    try:
        add_room(program_id=program.pk, **chosen, by=by, at=timezone.now())
    except IntegrityError:
        form.add_error("label", _("A room of this name is already there."))
        return False
    return True


@require_POST
def try_out(request, program, room):
    """Send a room a message that says only that it works."""
    program = coordinated_program(request, program)
    room = get_object_or_404(ChatRoom.objects.of_program(program.pk), pk=room)
    try_room(room, program=program.name, at=timezone.now())
    messages.success(request, _("On its way. Look into the room in a minute."))
    return redirect("ops:rooms", program.pk)


@require_POST
def drop(request, program, room):
    """Write to a room no more."""
    program = coordinated_program(request, program)
    room = get_object_or_404(ChatRoom.objects.of_program(program.pk), pk=room)
    drop_room(room, by=request.user)
    messages.success(request, _("Removed. We no longer know its address."))
    return redirect("ops:rooms", program.pk)
