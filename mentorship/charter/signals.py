"""Events declared here and heard by the apps above."""

from django.dispatch import Signal

# Sent with `cohort` and `stage` (the one to enter). Receivers return a list of
# charter.stages.Blocker: what still stands in the way, as far as they know.
looking_for_blockers = Signal()

# Sent with `version`, `by` and `at`, inside the transaction that publishes it.
charter_published = Signal()

# Sent with `program` by its page of roles. Receivers return a list of warnings in
# words, such as a lone coordinator who also takes part.
looking_for_role_warnings = Signal()
