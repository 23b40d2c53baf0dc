"""Throughput: the subjects take turns under the same load, and each round gives a ratio."""

from collections.abc import Callable
from functools import partial
from itertools import count
from statistics import median

from db.embedded import SERVER
from tests.bench.client import client_of
from tests.bench.equality import SAMPLE_PLACES, check_equal
from tests.bench.operations import Operation
from tests.bench.options import Options
from tests.bench.pgbench import run_pgbench
from tests.bench.report import Row, Verdict
from tests.bench.request import BenchRequest
from tests.bench.stage import Stage, database_of, say
from tests.bench.wrk import Load, run_wrk

Contender = Callable[[float], Load]
WARM_UP_SECONDS = 1


def measure(operation: Operation, stage: Stage, options: Options) -> Row:
    """One row; nothing is measured before all subjects have given the same answers."""
    compare(operation, stage)
    contenders = _contenders(operation, stage)
    for contender in contenders.values():
        contender(WARM_UP_SECONDS)
    rounds = []
    for n in range(options.rounds):
        turns = [*contenders][:: 1 - 2 * (n % 2)]  # there and back, for whoever comes next inherits a warm machine
        loads = {name: contenders[name](options.seconds) for name in turns}
        rounds.append({name: loads[name] for name in contenders})
        say(f"{operation.name} {n + 1}/{options.rounds}: " + _told(rounds[-1]))
    return _row(operation, rounds)


def compare(operation: Operation, stage: Stage) -> None:
    database, numbers = database_of(operation), count(1)
    cycle = operation.cycle(stage.cast(database))
    for place in SAMPLE_PLACES:
        same = next(numbers)
        answers = {}
        for name in operation.subjects:
            bench_request = cycle[place].numbered(next(numbers) if operation.fresh else same)
            answers[name] = _ask(stage, name, database, bench_request)
        check_equal(operation, answers)


def _ask(stage: Stage, subject: str, database: str, bench_request: BenchRequest) -> bytes:
    with client_of(stage.subject(subject, database)) as client:
        return client.ask(bench_request)


def _contenders(operation: Operation, stage: Stage) -> dict[str, Contender]:
    database = database_of(operation)
    contenders: dict[str, Contender] = {
        name: partial(_wrk, stage, stage.subject(name, database).address, operation) for name in operation.subjects
    }
    if not operation.writes:
        contenders["postgres"] = partial(run_pgbench, stage.host, SERVER, database, stage.scripts(operation))
    return contenders


def _wrk(stage: Stage, address: str, operation: Operation, seconds: float) -> Load:
    return run_wrk(address, stage.cycle(operation), seconds, stage.number())


def _row(operation: Operation, rounds: list[dict[str, Load]]) -> Row:
    verdicts = []
    for other, bar in operation.bars.items():
        ratios = [loads["server"].requests_per_second / loads[other].requests_per_second for loads in rounds]
        each_round = " ".join(f"{ratio:.3g}" for ratio in ratios)
        figure = f"{median(ratios):.3g} x {other} ({each_round})"
        verdicts.append(Verdict(figure, f">= {bar}", median(ratios) >= bar))
    return Row(operation.title, {name: _figure([loads[name] for loads in rounds]) for name in rounds[0]}, verdicts)


def _figure(loads: list[Load]) -> str:
    requests, middle, p99 = (
        median(getattr(load, name) for load in loads) for name in ("requests_per_second", "median_ms", "p99_ms")
    )
    return f"{requests:,.0f}/s {middle:.1f}/{p99:.1f} ms" if p99 else f"{requests:,.0f}/s"


def _told(loads: dict[str, Load]) -> str:
    return ", ".join(f"{name} {load.requests_per_second:,.0f}/s" for name, load in loads.items())
