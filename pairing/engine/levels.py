"""How far an offered level of a skill serves a wanted one."""

# Offered levels across, wanted ones down; in both directions the order is: no level
# given, then 1 to 5. One level short still helps for a while.
FIT = [
    [1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
    [0.8, 1.0, 1.0, 1.0, 1.0, 1.0],
    [0.8, 0.5, 1.0, 1.0, 1.0, 1.0],
    [0.8, 0.2, 0.5, 1.0, 1.0, 1.0],
    [0.6, 0.0, 0.2, 0.5, 1.0, 1.0],
    [0.6, 0.0, 0.0, 0.2, 0.5, 1.0],
]


def fit(wanted: int | None, offered: int | None) -> float:
    """How far an offered level serves a wanted one, from 0 to 1."""
    return FIT[wanted or 0][offered or 0]
