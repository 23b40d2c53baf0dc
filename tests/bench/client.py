"""A client that sends one request after the other over one connection, and times each."""

import http.client
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from time import perf_counter

from tests.bench.request import BenchRequest
from tests.bench.subjects import Subject
from tests.bench.wrk import BenchmarkError

WARM_UP = 20


class Client:
    def __init__(self, connection: http.client.HTTPConnection) -> None:
        self._connection = connection

    def ask(self, bench_request: BenchRequest) -> bytes:
        """The body of the answer; raises ``BenchmarkError`` unless it is a good one."""
        self._connection.request(
            bench_request.method, bench_request.path, bench_request.body or None, bench_request.headers
        )
        response = self._connection.getresponse()
        body = response.read()
        if response.status != 200 or b'"errors"' in body:
            raise BenchmarkError(f"{bench_request.operation}: {response.status} {body.decode()[:500]}")
        return body

    def milliseconds(self, bench_request: BenchRequest) -> float:
        since = perf_counter()
        self.ask(bench_request)
        return (perf_counter() - since) * 1e3


@contextmanager
def client_of(subject: Subject) -> Iterator[Client]:
    connection = http.client.HTTPConnection("127.0.0.1", subject.port, timeout=30)
    try:
        yield Client(connection)
    finally:
        connection.close()


def medians(times: int, *timed: Callable[[int], float]) -> list[float]:
    """The median of each of ``timed``, called in turns with 0, 1, ..; the first calls do not count."""
    durations = [[measure(n) for measure in timed] for n in range(WARM_UP + times)][WARM_UP:]
    return [median(column) for column in zip(*durations, strict=True)]
