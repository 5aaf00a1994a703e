"""Events declared here and heard by the apps above."""

from django.dispatch import Signal

# Sent with `story` when nobody may read it any more, inside the transaction that says
# so and with the story locked. Whoever shows it stops before they return.
story_ended = Signal()
