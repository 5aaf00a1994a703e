"""How long a page waits for the database before it says that it cannot be shown."""

from django.db import connections

# Two of a kind wait while the web server has two processes, so a page that needs
# neither lock still comes within a few seconds. A worker's nights may take longer.
LOCKS = "1500ms"
STATEMENTS = "8s"


def limit_patience() -> None:
    """From now on statements of this process give up: one that waits for a lock after
    LOCKS, any other after STATEMENTS. For connections that are not open yet."""
    limits = f"-c lock_timeout={LOCKS} -c statement_timeout={STATEMENTS}"
    for alias in connections:
        settings = connections[alias].settings_dict
        before = settings["OPTIONS"].get("options", "")
        settings["OPTIONS"]["options"] = f"{before} {limits}".strip()
