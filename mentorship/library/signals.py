"""Events declared here and heard by the apps above."""

from django.dispatch import Signal

# Sent with `user` by every page of ideas. Receivers return the ids of programs whose
# ideas the person reads because they take part.
looking_for_programs = Signal()
