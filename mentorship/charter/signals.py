"""Events declared here and heard by the apps above."""

from django.dispatch import Signal

# Sent with `cohort` and `stage` (the one to enter). Receivers return a list of
# charter.stages.Blocker: what still stands in the way, as far as they know.
looking_for_blockers = Signal()

# Sent with `version`, `by` and `at`, inside the transaction that publishes it.
charter_published = Signal()
