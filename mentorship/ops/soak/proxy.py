"""What stands before the site: passes bytes on, and can be turned to another place."""

import contextlib
import socket
import threading
from collections import Counter


class Proxy:
    """Passes each connection on to the port that `to` says when it arrives. `open`
    counts those that still go on, by port."""

    def __init__(self, to: int):
        self.to, self.open = to, Counter[int]()
        self.lock = threading.Lock()
        self.server = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self) -> None:
        with contextlib.suppress(OSError):  # closed
            while True:
                client, _address = self.server.accept()
                with self.lock:
                    port = self.to
                    self.open[port] += 1
                threading.Thread(
                    target=self.serve, args=[client, port], daemon=True
                ).start()

    def serve(self, client: socket.socket, port: int) -> None:
        try:
            with client, socket.create_connection(("127.0.0.1", port)) as site:
                back = threading.Thread(target=pass_on, args=[site, client])
                back.start()
                pass_on(client, site)
                back.join()
        except OSError:
            pass  # the client sees a closed connection, and counts it as failed
        finally:
            with self.lock:
                self.open[port] -= 1

    def turn(self, to: int) -> int:
        """Send new connections elsewhere; the port before."""
        with self.lock:
            before, self.to = self.to, to
        return before

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()


def pass_on(of: socket.socket, to: socket.socket) -> None:
    """Everything that comes, and its end."""
    with contextlib.suppress(OSError):
        while data := of.recv(65536):
            to.sendall(data)
    with contextlib.suppress(OSError):
        to.shutdown(socket.SHUT_WR)
