"""Send what the OpenAPI document allows and what it forbids: every response is one that it declares."""

import os
from copy import deepcopy
from typing import Any

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from db.database import Database
from resolvers.identity.development import DevelopmentKeys
from schema.openapi.document import openapi
from tests.client import Json, Member, json_bytes
from tests.clinic import Clinic
from tests.figures import RecordFigure
from tests.fuzz.identities import Identity, Run, make_identities

LONG_RUN = bool(os.environ.get("FUZZ"))
CASES = int(os.environ.get("REST_CASES", "50000" if LONG_RUN else "168"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,  # of a request that breaks its schema
]
# What no schema can say of a request: who sends it, and what the database holds at that moment.
OF_THE_MOMENT = {
    "already_deleted",
    "forbidden",
    "idempotency_key_reused",
    "not_deleted",
    "slug_exists",
    "specialist_not_found",
    "specialty_in_use",
    "specialty_not_found",
    "user_not_found",
    "precondition_failed",
}
# What the document allows and the server refuses, with the reason why no JSON Schema can say it.
BEYOND_SCHEMAS = {
    "invalid_search": "at most eight words, and what a word is depends on the folding of Unicode",
    "invalid_specialty_ids": "1.0 is an integer for JSON Schema",
    "invalid_timezone": "the names of the IANA database change with its releases",
    "invalid_user_id": "1.0 is an integer for JSON Schema",
}
MODES = {"allows": GenerationMode.POSITIVE, "forbids": GenerationMode.NEGATIVE}


def document() -> Json:
    """Return the document of a server whose requests are all signed in, as those of this test are."""
    copy: Json = deepcopy(openapi())
    copy["security"] = []
    return copy


SCHEMA: Any = schemathesis.openapi.from_dict(document())
OPERATIONS = [result.ok() for result in SCHEMA.get_all_operations()]
IDENTITIES = 2  # each generated request is sent by both
EXAMPLES = max(1, CASES // (len(OPERATIONS) * len(MODES) * IDENTITIES))
RUN = Run()


@pytest.fixture(scope="module")
async def identities(http: httpx2.AsyncClient, keys: DevelopmentKeys, database: Database) -> list[Identity]:
    """An admin of one clinic and a patient of another."""
    return await make_identities(*(Clinic.new(name, http, keys, database) for name in ("north", "south")))


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
@settings(
    max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)
@given(data=st.data())
async def test_responses_are_those_of_the_document(
    operation: Any, mode: GenerationMode, data: st.DataObject, identities: list[Identity]
) -> None:
    case = data.draw(operation.as_strategy(generation_mode=mode))
    assume(mode.is_positive or "" not in (case.query or {}).values())  # the server takes an empty parameter for none
    if mode.is_positive and "id" in case.path_parameters:
        table = operation.path.split("/")[2]
        case.path_parameters["id"] = data.draw(
            st.sampled_from(
                [case.path_parameters["id"], *(id_ for identity in identities for id_ in identity.ids[table])]
            )
        )

    for identity in identities:
        response = await _send(identity.member, case)

        RUN.add(operation.label, response)
        case.validate_response(response, checks=CHECKS)
        assert identity.foreign_text not in response.text
        if mode.is_positive:
            _check_refusal(response, case, identity)


def _check_refusal(response: httpx2.Response, case: Case[Any], identity: Identity) -> None:
    """Check that an allowed request is refused only for what no schema can say, and for a foreign record always."""
    if response.is_error:
        assert set(_codes(response)) <= OF_THE_MOMENT | set(BEYOND_SCHEMAS), (
            f"{response.text}\n{case.as_curl_command()}"
        )
    if case.path_parameters.get("id") in identity.foreign_ids[case.operation.path.split("/")[2]]:
        RUN.probes += 1
        assert response.status_code in (403, 404)


def test_every_operation_was_reached(record_figure: RecordFigure) -> None:
    sent = f"{RUN.cases.total():,} cases, {RUN.failures} x 5xx, {RUN.probes:,} probes of foreign records"
    record_figure("REST by schemathesis, two identities", sent, f"{CASES:,}, 0 x 5xx")

    assert RUN.failures == 0
    assert RUN.successes == RUN.operations or not LONG_RUN


async def _send(member: Member, case: Case[Any]) -> httpx2.Response:
    request = case.as_transport_kwargs(base_url=str(member.http.base_url))
    content = json_bytes(request["json"]) if "json" in request else request.get("data")
    headers = dict(request["headers"]) | member.headers
    return await member.http.request(
        case.method, request["url"], params=request["params"], headers=headers, content=content
    )


def _codes(response: httpx2.Response) -> list[str]:
    error = response.json()["error"]
    return [detail["code"] for detail in error.get("errors", [error])]
