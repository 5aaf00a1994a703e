"""Suggestions after a low answer, one for each scale: something small to try."""

from django.utils.translation import gettext_lazy as _

SUGGESTIONS = {
    "confidence": _(
        "A shaky week is part of learning. Pick one situation that is small enough for "
        "the coming days, and bring it along: how you would do it, and where you get "
        "stuck."
    ),
    "together": _(
        "Begin the next session with how you work together, before any topic. One "
        "sentence is enough: “It would help me if we …”"
    ),
    "clarity": _(
        "Keep the last five minutes of the next session for one question: what is the "
        "next small step, whose is it, and until when?"
    ),
}
