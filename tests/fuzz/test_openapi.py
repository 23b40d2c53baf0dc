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

from schema.openapi.document import openapi
from tests.client import Json, Member, json_bytes
from tests.clinic import Clinic

CASES = 300 if os.environ.get("FUZZ") else 20
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
    "forbidden",
    "idempotency_key_reused",
    "slug_exists",
    "specialist_not_found",
    "specialty_not_found",
    "user_not_found",
    "version_mismatch",
}
# Values that the document allows and the server refuses; whoever makes the two agree takes the code out of here.
KNOWN_REFUSALS = {
    # text of control characters, or of Unicode's white space alone
    "invalid_description",
    "invalid_minicrm_name",
    "invalid_name",
    "invalid_search",  # and more than eight words
    "invalid_title",
    "name_required",
    "title_required",
    "invalid_specialty_ids",  # ids beyond 64 bits
    "invalid_timezone",  # text that is no name of the IANA database
    "invalid_user_id",  # ids beyond 64 bits
}
MODES = {"allows": GenerationMode.POSITIVE, "forbids": GenerationMode.NEGATIVE}


def document() -> Json:
    """Return the document as the server keeps to it; each line is a known difference, to go when it is fixed."""
    copy: Json = deepcopy(openapi())
    copy["security"] = []  # every request of this test is signed in
    parameters = copy["components"]["parameters"].values()
    by_name = {parameter["name"]: parameter["schema"] for parameter in parameters}
    for name in ("page", "page_size"):
        # Whatever is above its maximum, or the 32 bits of a page, is taken for that.
        by_name[name] = {"type": "integer", "minimum": 1}
    for name in ("specialty_id", "user_id"):
        by_name[name] = {"type": ["integer", "string"]}  # text that is no id names no record
    for parameter in parameters:
        parameter["schema"] = by_name[parameter["name"]]
    return copy


SCHEMA: Any = schemathesis.openapi.from_dict(document())
OPERATIONS = [result.ok() for result in SCHEMA.get_all_operations()]


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
@settings(max_examples=CASES, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
async def test_responses_are_those_of_the_document(
    operation: Any, mode: GenerationMode, data: st.DataObject, north: Clinic
) -> None:
    member = data.draw(st.sampled_from([north.admin, north.admin, north.patient]))
    case = data.draw(operation.as_strategy(generation_mode=mode))

    assume(mode.is_positive or "" not in (case.query or {}).values())  # the server takes an empty parameter for none

    response = await _send(member, case)

    case.validate_response(response, checks=CHECKS)
    if mode.is_positive and response.is_error:
        assert set(_codes(response)) <= OF_THE_MOMENT | KNOWN_REFUSALS, f"{response.text}\n{case.as_curl_command()}"


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
