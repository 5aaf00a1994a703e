"""Events declared here and heard by the apps above."""

from django.dispatch import Signal

# Sent with `pairs`, a set of ids, inside the transaction that ended them.
pairs_ended = Signal()

# Sent with `pairs`, a list of ids, and `today`, when the night looks for pairs that may
# need a hand. Receivers return a list of pairing.health.Fact from their own rows.
looking_for_health_facts = Signal()
