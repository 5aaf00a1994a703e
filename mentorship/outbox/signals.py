"""Events declared here and heard by the apps above."""

from django.dispatch import Signal

# Sent with `notices`, reminders that are due, and `now`, before they go out. Receivers
# return {id of a notice: the moment until which it should wait}.
looking_for_reasons_to_wait = Signal()
