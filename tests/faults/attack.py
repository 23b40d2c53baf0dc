"""Send one request over many connections, each as soon as the last was answered: ``python -m tests.faults.attack``.

A process of its own, for a client in the test's process would be slowed down by what it measures.
"""

import asyncio
import json
import sys
from collections import Counter
from typing import cast

import uvloop

STATUS = slice(9, 12)  # of the first line of a response
LENGTH = b"content-length: "


class Connection(asyncio.Protocol):
    """A connection that asks for the same again and again."""

    def __init__(self, request: bytes, statuses: Counter[str]) -> None:
        self._request, self._statuses = request, statuses
        self._response, self._missing = b"", 0
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's own class, which only looks like one
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        if self._missing:
            self._missing -= len(data)
        else:
            self._response += data
            head, end, body = self._response.partition(b"\r\n\r\n")
            if not end:
                return
            self._statuses[head[STATUS].decode()] += 1
            self._response = b""
            self._missing = int(head.lower().split(LENGTH)[1].split(b"\r\n")[0]) - len(body)
        if not self._missing:
            self._transport.write(self._request)


async def attack(port: int, connections: int, seconds: float, request: bytes) -> Counter[str]:
    """Return how many answers there were by status."""
    statuses: Counter[str] = Counter()
    loop = asyncio.get_running_loop()
    pairs = [
        await loop.create_connection(lambda: Connection(request, statuses), "127.0.0.1", port)
        for _ in range(connections)
    ]
    await asyncio.sleep(seconds)
    for transport, _ in pairs:
        transport.abort()
    return statuses


if __name__ == "__main__":
    address_port, count, duration = sys.argv[1:]
    answers = uvloop.run(attack(int(address_port), int(count), float(duration), sys.stdin.buffer.read()))
    sys.stdout.write(json.dumps(answers))
