"""People who act at the same moment, each in a transaction of their own."""

import threading

from django.db import connections


def at_once(*acts) -> list:
    """Run the acts in threads that start together; what each returned or raised."""
    gate = threading.Barrier(len(acts))
    results = [None] * len(acts)

    def run(number, act):
        try:
            gate.wait(10)
            results[number] = act()
        except Exception as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=run, args=[number, act])
        for number, act in enumerate(acts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results
