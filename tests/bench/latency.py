"""What may not slow a request down: a document never seen before, many organizations, a page far down."""

import json
from collections.abc import Callable
from itertools import count

from tests.bench.client import Client, client_of, medians
from tests.bench.dataset import DEEP, LARGE, SMALL
from tests.bench.documents import AFTER, FIRST_SEEN, LAST_CURSOR, LIST_25
from tests.bench.options import Options
from tests.bench.organizations import Organization
from tests.bench.report import Row, Verdict
from tests.bench.request import BenchRequest
from tests.bench.stage import Stage

FIRST_SEEN_MS, ORGANIZATIONS_TIMES, DEEP_TIMES = 5.0, 1.2, 1.3
LAST_PAGE = 4_000


def first_seen(stage: Stage, options: Options) -> Row:
    """A document that must be parsed, validated, planned and prepared, against one that was."""
    organization = stage.cast(LARGE.name)[0]
    with client_of(stage.subject("server", LARGE.name)) as client:
        hot, new = medians(
            options.times,
            lambda _: client.milliseconds(BenchRequest(organization, "list25", {"page": 1}, LIST_25)),
            lambda n: client.milliseconds(
                BenchRequest(organization, "list25", {"page": 1}, FIRST_SEEN % f"first_seen_{n}")
            ),
        )
    verdict = Verdict(f"{new - hot:+.1f} ms", f"<= +{FIRST_SEEN_MS} ms", new - hot <= FIRST_SEEN_MS)
    return Row("first-seen document against a hot one", {"server": f"{hot:.1f} -> {new:.1f} ms"}, [verdict])


def organizations(stage: Stage, options: Options) -> Row:
    """The same page of the same organizations, alone and among ten thousand others."""
    with (
        client_of(stage.subject("server", SMALL.name)) as few,
        client_of(stage.subject("server", LARGE.name)) as many,
    ):
        alone, among = medians(
            options.times, _paging(few, stage.cast(SMALL.name)), _paging(many, stage.cast(LARGE.name)[:10])
        )
    return _slower("10 -> 10,000 organizations, same page", alone, among, ORGANIZATIONS_TIMES)


def deep_page(stage: Stage, options: Options) -> Row:
    """The first page of 200,000 specialists and the last, by cursor."""
    organization = stage.organization(DEEP)
    with client_of(stage.subject("server", LARGE.name)) as client:
        exchange = client.ask(BenchRequest(organization, "cursor", {"page": LAST_PAGE - 1}, LAST_CURSOR))
        cursor = json.loads(exchange)["data"]["specialists"]["pageInfo"]["endCursor"]
        last = json.loads(client.ask(BenchRequest(organization, "after", {"after": cursor}, AFTER)))["data"][
            "specialists"
        ]
        assert len(last["nodes"]) == 50
        assert not last["pageInfo"]["hasNextPage"]
        first_page, last_page = medians(
            options.times,
            lambda _: client.milliseconds(BenchRequest(organization, "after", {"after": None}, AFTER)),
            lambda _: client.milliseconds(BenchRequest(organization, "after", {"after": cursor}, AFTER)),
        )
    return _slower(f"page 1 -> page {LAST_PAGE:,} of 200,000 by cursor", first_page, last_page, DEEP_TIMES)


def _paging(client: Client, cast: list[Organization]) -> Callable[[int], float]:
    turns = count()

    def page(_: int) -> float:
        organization = cast[next(turns) % len(cast)]
        return client.milliseconds(BenchRequest(organization, "list25", {"page": 1}, LIST_25))

    return page


def _slower(title: str, before: float, after: float, bar: float) -> Row:
    verdict = Verdict(f"{after / before:.2f} x", f"<= {bar} x", after / before <= bar)
    return Row(title, {"server": f"{before:.1f} -> {after:.1f} ms"}, [verdict])
