"""``python -m tests.bench``: this server against its floor, a conventional server and PostgreSQL, in one table."""

import argparse
import asyncio
import signal
import sys
from collections.abc import Callable
from functools import partial

from tests.bench.dataset import version_of
from tests.bench.latency import deep_page, first_seen, organizations
from tests.bench.memory import memory
from tests.bench.operations import OPERATIONS
from tests.bench.options import FULL, QUICK, Options
from tests.bench.report import Row, machine, table
from tests.bench.rounds import measure
from tests.bench.stage import Stage
from tests.bench.wrk import BenchmarkError, MissingToolError, find_wrk

MEASUREMENTS: dict[str, Callable[[Stage, Options], Row]] = {
    **{operation.name: partial(measure, operation) for operation in OPERATIONS},
    "first-seen": first_seen,
    "organizations": organizations,
    "deep-page": deep_page,
    "memory": memory,
}
LONG = {"memory"}


def main(arguments: list[str]) -> int | str:
    """Print the table; a sentence instead of 0 says why there is none."""
    options = _parser().parse_args(arguments)
    names = options.only or [name for name in MEASUREMENTS if not (options.quick and name in LONG)]
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.default_int_handler)
    try:
        find_wrk()
        with Stage(fresh=options.fresh) as stage:
            rows = [MEASUREMENTS[name](stage, QUICK if options.quick else FULL) for name in names]
            postgres = asyncio.run(version_of(stage.url("postgres")))
    except KeyboardInterrupt:
        return "stopped, and all that was started with it"
    except (BenchmarkError, MissingToolError) as error:
        return str(error)
    sys.stdout.write(f"{table(rows)}\n\n{machine(postgres)}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="short rounds, without the measurement of memory")
    parser.add_argument("--fresh", action="store_true", help="make the data set anew")
    parser.add_argument("--only", action="append", choices=tuple(MEASUREMENTS), help="measure this alone; repeatable")
    parser.add_argument(
        "--memory", action="append_const", dest="only", const="memory", help="the same as --only memory"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
