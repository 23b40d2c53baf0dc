"""Options of the benchmark: how many rounds, seconds, repetitions and documents."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """``rounds`` of ``seconds`` each; ``times`` requests one by one; ``documents`` to fill a worker's memory with."""

    rounds: int
    seconds: int
    times: int
    documents: int


FULL = Options(rounds=10, seconds=2, times=400, documents=100_000)
QUICK = Options(rounds=2, seconds=1, times=60, documents=10_000)
