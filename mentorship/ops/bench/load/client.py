"""People who open pages, in a process of their own, with the standard library alone.

Reads who they are from standard input as JSON, and writes every visit to the output.
"""

import asyncio
import json
import random
import sys
import time
from dataclasses import asdict, dataclass

THINK = 1.0, 3.0  # seconds between two pages
PATIENCE = 30.0  # seconds; an answer that takes longer counts as dropped


@dataclass(frozen=True)
class Visit:
    """One page: when it was asked for, how long it took, and the status; 0 if the
    connection ended without a whole answer."""

    address: str
    at: float
    seconds: float
    status: int


async def fetch(port: int, cookie: str, address: str) -> int:
    """The status, once the last byte is here. A connection a page, as gunicorn's sync
    workers have it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(
            f"GET {address} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n"
            "Connection: close\r\n\r\n".encode()
        )
        await writer.drain()
        answer = await reader.read(-1)
    finally:
        writer.close()
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]) if body and is_whole(head, body) else 0


def is_whole(head: bytes, body: bytes) -> bool:
    """Whether as many bytes came as were announced, or the last chunk."""
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return len(body) == int(line.split(b":")[1])
    return body.endswith(b"0\r\n\r\n")


async def visit(port: int, cookie: str, address: str) -> Visit:
    began = time.perf_counter()
    try:
        status = await asyncio.wait_for(fetch(port, cookie, address), PATIENCE)
    except (OSError, TimeoutError, ValueError, IndexError):
        status = 0
    return Visit(address, began, time.perf_counter() - began, status)


async def person(port: int, chance: random.Random, until: float, **who) -> list[Visit]:
    """Think, open one of one's pages, and again, until the time is over."""
    visits = []
    await asyncio.sleep(chance.uniform(0, THINK[1]))
    while time.perf_counter() < until:
        address = chance.choice(who["addresses"])
        visits.append(await visit(port, who["cookie"], address))
        await asyncio.sleep(chance.uniform(*THINK))
    return visits


async def crowd(port: int, seconds: float, seed: int, people: list[dict]):
    until = time.perf_counter() + seconds
    told = await asyncio.gather(
        *(
            person(port, random.Random(seed + number), until, **who)
            for number, who in enumerate(people)
        )
    )
    return [asdict(one) for visits in told for one in visits]


if __name__ == "__main__":
    json.dump(asyncio.run(crowd(**json.load(sys.stdin))), sys.stdout)
