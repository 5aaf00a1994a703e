"""A mail server that takes one mail after the other, each in so many milliseconds.

It does next to nothing else, and tells whoever says BUSY for how many seconds it has
been taking mail. `python -m mentorship.ops.bench.outbox.sink PORT MS`
"""

import asyncio
import sys
import time

GREETING = b"220 sink\r\n"
ANSWERS = {
    b"EHLO": b"250 sink\r\n",
    b"DATA": b"354 go on\r\n",
    b"QUIT": b"221 bye\r\n",
}
OK, END = b"250 OK\r\n", b"\r\n.\r\n"


class Desk:
    """Where one mail is taken at a time; `busy` seconds so far."""

    def __init__(self, milliseconds: float):
        self.takes, self.busy = milliseconds / 1000, 0.0
        self.turn = asyncio.Lock()

    async def take(self) -> None:
        async with self.turn:
            began = time.perf_counter()
            await asyncio.sleep(self.takes)
            self.busy += time.perf_counter() - began

    async def converse(self, reader, writer) -> None:
        """One sender's conversation."""
        writer.write(GREETING)
        try:
            while line := await reader.readline():
                verb = line[:4].upper()
                if verb == b"BUSY":
                    writer.write(b"250 %f\r\n" % self.busy)
                    continue
                writer.write(ANSWERS.get(verb, OK))
                if verb == b"DATA":
                    await reader.readuntil(END)
                    await self.take()
                    writer.write(OK)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


async def serve(port: int, milliseconds: float) -> None:
    desk = Desk(milliseconds)
    server = await asyncio.start_server(desk.converse, "127.0.0.1", port, limit=2**20)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2])))
