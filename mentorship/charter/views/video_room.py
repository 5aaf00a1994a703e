from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from .. import actions
from ..forms import VideoRoomForm
from ..shell import coordinated_program, program_shell


@require_http_methods(["GET", "HEAD", "POST"])
def video_room(request, program):
    """Where the pairs of a program meet by video."""
    program = coordinated_program(request.user, program)
    sent = request.POST if request.method == "POST" else None
    form = VideoRoomForm(sent, initial={"video_room": program.video_room})
    if form.is_valid():
        actions.set_video_room(
            program, form.cleaned_data["video_room"], by=request.user
        )
        messages.success(request, _("Saved. It counts for invitations from now on."))
        return redirect("charter:programs")
    context = {**program_shell(program, "programs"), "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "charter/video_room.html", context, status=status)
