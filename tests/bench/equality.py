"""What is compared must be the same: every subject gives the same answer to the same request."""

import json
from collections.abc import Mapping
from typing import Any

from tests.bench.operations import Operation
from tests.bench.wrk import BenchmarkError

SAMPLE_PLACES = (0, 1, 49, 98, 99)  # places of the cycle


def check_equal(operation: Operation, answers: Mapping[str, bytes]) -> None:
    """Raises ``BenchmarkError`` unless the ``answers`` by subject are one, but for keys that are fresh in each."""
    first, *others = [(name, _comparable(operation, answer)) for name, answer in answers.items()]
    for name, answer in others:
        if answer != first[1]:
            raise BenchmarkError(f"{operation.name}: {first[0]} and {name} give different answers")


def _comparable(operation: Operation, answer: bytes) -> Any:
    body = json.loads(answer)
    if "errors" in body or "error" in body:
        raise BenchmarkError(f"{operation.name}: {answer.decode()[:500]}")
    for root in body["data"].values() if operation.fresh else ():
        for key in operation.fresh:
            del root[key]
    return body
