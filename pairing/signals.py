"""Events declared here and heard by the apps above."""

from django.dispatch import Signal

# Sent with `pairs`, a set of ids, inside the transaction that ended them.
pairs_ended = Signal()
