"""Send documents that the schema allows: no server error, and every refusal is one of the catalogue."""

import os
import re
from typing import Any

import httpx2
import pytest
import schemathesis
from graphql import introspection_from_schema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import nodes

from db.database import Database
from resolvers.identity.development import DevelopmentKeys
from schema.definition import GRAPHQL_SCHEMA
from schema.rest.catalogue import catalogue
from tests.client import read_graphql
from tests.clinic import Clinic
from tests.figures import RecordFigure
from tests.fuzz.identities import Identity, Run, make_identities

LONG_RUN = bool(os.environ.get("FUZZ"))
CASES = int(os.environ.get("GRAPHQL_CASES", "20000" if LONG_RUN else "76"))
IDENTITIES = 2  # each generated document is sent by both
STATUSES = {error.code: error.status for error in catalogue() if "graphql" in error.apis}

for name, strategy in {
    "Date": st.dates().map(str),
    "LocalTime": st.times().map(lambda time: f"{time:%H:%M}"),
    "DateTime": st.datetimes().map(lambda instant: f"{instant:%Y-%m-%dT%H:%M:%SZ}"),
}.items():
    schemathesis.graphql.scalar(name, strategy.map(nodes.String))

SCHEMA: Any = schemathesis.graphql.from_dict(dict(introspection_from_schema(GRAPHQL_SCHEMA)))
OPERATIONS = [result.ok() for result in SCHEMA.get_all_operations()]
EXAMPLES = max(1, CASES // (len(OPERATIONS) * IDENTITIES))
RUN = Run()
ID_ARGUMENT = re.compile(r"""(\b(?:id|specialistId): )(?:"(?:[^"\\]|\\.)*"|-?\d+)""")


@pytest.fixture(scope="module")
async def identities(http: httpx2.AsyncClient, keys: DevelopmentKeys, database: Database) -> list[Identity]:
    """An admin of one clinic and a patient of another."""
    return await make_identities(*(Clinic.new(name, http, keys, database) for name in ("north", "south")))


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
@settings(
    max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)
@given(data=st.data())
async def test_refusals_are_those_of_the_catalogue(
    operation: Any, data: st.DataObject, identities: list[Identity]
) -> None:
    case = data.draw(operation.as_strategy())
    record_id = data.draw(st.sampled_from([None, *(id_ for identity in identities for id_ in identity.all_ids)]))
    query = case.body if record_id is None else ID_ARGUMENT.sub(rf"\g<1>{record_id}", case.body)

    for identity in identities:
        response = await identity.member.rest("POST", "/graphql", {"query": query})

        RUN.add(operation.label, response)
        reply = read_graphql(response)
        assert response.status_code < 500, response.text
        assert identity.foreign_text not in response.text
        for error in reply.errors:
            extensions = error["extensions"]
            assert STATUSES[extensions["code"]] == extensions["status"] < 500, f"{error}\n{query}"


def test_every_root_field_was_reached(record_figure: RecordFigure) -> None:
    sent = f"{RUN.cases.total():,} cases, {RUN.failures} x 5xx"
    record_figure("GraphQL by schemathesis, two identities", sent, f"{CASES:,}, 0 x 5xx")

    assert RUN.failures == 0
    assert RUN.successes == RUN.operations
