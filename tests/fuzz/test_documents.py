"""Ours, graphql-core's and the oracle's executor answer generated documents alike, key by key and in order."""

import os
from collections.abc import Sequence

import pytest

from resolvers.viewer import Viewer
from schema.graphql.request import GraphqlRequest
from tests.client import ask, json_text
from tests.clinic import Clinic
from tests.fuzz.documents import Case, case_of
from tests.fuzz.library import walk
from tests.fuzz.oracle import Oracle

CASES = 20_000 if os.environ.get("FUZZ") else 160
BATCH = 1_000 if os.environ.get("FUZZ") else 20
GraphqlReply = tuple[str, set[tuple[str, str]]]  # the data as text, the errors by path and code


async def _compiled(case: Case, clinic: Clinic) -> GraphqlReply:
    reply = await ask(clinic.member(case.role), case.query, case.variables, case.operation_name)
    assert "data" in reply.body, reply.body
    return json_text(reply.data), set(zip(map(_path, reply.paths), reply.codes, strict=True))


async def _walked(case: Case, clinic: Clinic) -> GraphqlReply:
    viewer = Viewer(await clinic.organization_id(), _clerk_id(case, clinic), case.role)
    request = GraphqlRequest(case.query, case.operation_name, case.variables)
    data, failures = await walk(request, viewer, clinic.database)
    return "".join(data), {(_path(failure.path), failure.problem.code) for failure in failures}


def _told(case: Case, clinic: Clinic, oracle: Oracle) -> GraphqlReply:
    result = oracle.execute(case.query, case.variables, case.operation_name, case.role, _clerk_id(case, clinic))
    errors = result.errors or []
    assert all(error.extensions for error in errors), errors
    return json_text(result.data), {
        (_path(error.path or ()), str((error.extensions or {})["code"])) for error in errors
    }


def _clerk_id(case: Case, clinic: Clinic) -> str:
    return f"user_{clinic.slug.replace('-', '_')}_{case.role}"


def _path(path: Sequence[object]) -> str:
    return ".".join(map(str, path))


def _agree(one: GraphqlReply, other: GraphqlReply) -> bool:
    """Data to the letter; of errors that took all data with them, the first one stands for all."""
    return one[0] == other[0] and (one[1] == other[1] or (one[0] == "null" and bool(one[1] & other[1])))


@pytest.mark.parametrize("first", range(0, CASES, BATCH))
async def test_three_executors_answer_alike(first: int, east: Clinic, oracle: Oracle) -> None:
    for seed in range(first, first + BATCH):
        case = case_of(seed)
        expected = _told(case, east, oracle)
        compiled = await _compiled(case, east)
        walked = await _walked(case, east)

        report = f"seed {seed}\n{case.query}\n{case.variables}"
        assert _agree(compiled, expected), f"{report}\ncompiled {compiled}\noracle   {expected}"
        assert _agree(walked, expected), f"{report}\nlibrary  {walked}\noracle   {expected}"
