"""A mail server that takes one mail after the other, each in so many milliseconds.

It does next to nothing else. `python -m mentorship.ops.bench.outbox.sink PORT MS`
"""

import asyncio
import sys

GREETING = b"220 sink\r\n"
ANSWERS = {
    b"EHLO": b"250 sink\r\n",
    b"DATA": b"354 go on\r\n",
    b"QUIT": b"221 bye\r\n",
}
OK, END = b"250 OK\r\n", b"\r\n.\r\n"


async def converse(reader, writer, take) -> None:
    """One sender's conversation."""
    writer.write(GREETING)
    try:
        while line := await reader.readline():
            verb = line[:4].upper()
            writer.write(ANSWERS.get(verb, OK))
            if verb == b"DATA":
                await reader.readuntil(END)
                await take()
                writer.write(OK)
    except (ConnectionError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


async def serve(port: int, milliseconds: float) -> None:
    busy = asyncio.Lock()

    async def take():
        async with busy:
            await asyncio.sleep(milliseconds / 1000)

    async def connected(reader, writer):
        await converse(reader, writer, take)

    server = await asyncio.start_server(connected, "127.0.0.1", port, limit=2**20)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2])))
