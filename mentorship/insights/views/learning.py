from django.shortcuts import render
from django.views.decorators.http import require_safe

from mentorship.charter.shell import coordinated_program, program_shell
from mentorship.insights.drawing import lesson_chart
from mentorship.insights.learning import Lesson
from pairing.wording import NAMES


@require_safe
def learning(request, program):
    """What ended pairs would say about the weights; nothing is adopted here."""
    program = coordinated_program(request.user, program)
    lesson = Lesson(program)
    context = {**program_shell(program, "pairs"), "lesson": lesson}
    if lesson.is_suggestion:
        context["chart"] = lesson_chart(lesson.learned)
        context["unlearned"] = [NAMES[name] for name in lesson.unlearned]
    return render(request, "insights/learning.html", context)
