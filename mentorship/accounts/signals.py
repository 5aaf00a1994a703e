"""Events declared here and heard by the apps above."""

from django.dispatch import Signal

# Sent with `user` once somebody lives by another clock, in the same transaction.
zone_changed = Signal()
