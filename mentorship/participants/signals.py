"""Events declared here and heard by the apps above."""

from django.dispatch import Signal

# Sent with `participant`, `by` and `at` when a place ends before its time, inside the
# transaction that ends it and with the place locked.
place_withdrawn = Signal()
