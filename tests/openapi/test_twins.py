"""Each operation and its GraphQL twin, sent over the same data: both give the same record, page or message."""

import re
from dataclasses import dataclass
from typing import Any

import pytest

from tests.api import rest_shape
from tests.clinic import Clinic
from tests.contract.documented import add_documented
from tests.openapi.document import DOCUMENT, OPERATIONS
from tests.openapi.validation import errors_in

Json = dict[str, Any]
HISTORY = {
    "getSpecialistHistory"
}  # names fields and tables in the spelling of each API: tests/contract/test_history.py
READS = [name for name, (_, method, _) in OPERATIONS.items() if method == "get" and name not in HISTORY]
WRITES = [name for name, (_, method, _) in OPERATIONS.items() if method != "get"]
OWN = {"id", "organization_id", "user_id", "created_at", "updated_at", "deleted_at"}


@dataclass(frozen=True)
class Records:
    """What the ids of the examples stand for in one clinic."""

    id: int
    user_id: int
    specialty_ids: list[int]


@pytest.mark.parametrize("name", READS)
async def test_a_read_answers_as_its_twin(north: Clinic, name: str) -> None:
    records = await add_records(north, name)

    rest, graphql = await by_rest(north, name, records), await by_graphql(north, name, records)

    assert rest["data"]
    assert graphql == rest


@pytest.mark.parametrize("name", WRITES)
async def test_a_write_answers_as_its_twin(north: Clinic, south: Clinic, name: str) -> None:
    rest = await by_rest(north, name, await add_records(north, name))
    graphql = await by_graphql(south, name, await add_records(south, name))

    rest["data"].pop("message", None)  # in words, what GraphQL says by having no errors
    assert impersonal(graphql) == impersonal(rest)


@pytest.mark.parametrize("name", OPERATIONS)
def test_the_request_of_a_twin_is_one_that_the_operation_takes(name: str) -> None:
    path, _, operation = OPERATIONS[name]

    assert re.fullmatch(path.replace("{id}", r"\d+"), operation["x-graphql"]["request"].partition("?")[0])


async def add_records(clinic: Clinic, name: str) -> Records:
    """Return the records that the operation needs: a specialist, a specialty that nobody holds, or a new record."""
    documented = await add_documented(clinic)
    specialist, specialties = documented.jane["id"], documented.specialty_ids
    if name.startswith("restore"):
        await clinic.admin.rest("DELETE", f"/v1/specialists/{specialist}")
    path = OPERATIONS[name][0]
    if not path.startswith(("/v1/specialists", "/v1/specialties")):
        return Records(await create_example(clinic, path), documented.user["id"], specialties)
    unheld = specialties[0] if name == "getSpecialty" else specialties[-1]
    id_ = unheld if "/specialties/" in path else specialist
    return Records(id_, documented.user["id"], specialties)


async def create_example(clinic: Clinic, path: str) -> int:
    """Create the record that the resource at ``path`` has as an example, and return its id."""
    collection = path.partition("/{")[0]
    example = DOCUMENT["paths"][collection]["post"]["requestBody"]["content"]["application/json"]["example"]
    id_: int = (await clinic.admin.rest("POST", collection, example)).json()["data"]["id"]
    return id_


async def by_rest(clinic: Clinic, name: str, records: Records) -> Json:
    _, method, operation = OPERATIONS[name]
    address = operation["x-graphql"]["request"]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example")
    actual = body and body | {key: getattr(records, key) for key in ("user_id", "specialty_ids") if key in body}
    response = await clinic.admin.rest(method, re.sub(r"(?<=/)\d+", str(records.id), address), actual)
    answer: Json = response.json()
    schema = operation["responses"][str(response.status_code)]["content"]["application/json"]["schema"]
    assert errors_in(answer, schema) == []
    return answer


async def by_graphql(clinic: Clinic, name: str, records: Records) -> Json:
    """Return what the twin answers, in the shape of the REST body."""
    twin = OPERATIONS[name][2]["x-graphql"]
    variables = twin["variables"] | ({"id": records.id} if "id" in twin["variables"] else {})
    actual = {"userId": records.user_id, "specialtyIds": records.specialty_ids}
    if "input" in variables:
        variables["input"] = {key: actual.get(key, value) for key, value in variables["input"].items()}
    answer = await clinic.admin.graphql(twin["query"], **variables)
    assert "errors" not in answer, answer
    (field,) = answer["data"].values()
    return rest_body(rest_shape(field) if isinstance(field, dict) else {"id": int(field)})


def rest_body(field: Json) -> Json:
    """Return a record or a connection as REST answers it; a specialty holds a connection of its own."""
    connection = field if "nodes" in field else field.get("specialists")
    if connection is None:
        return {"data": field}
    info = connection["page_info"]
    meta = {name: info[name] for name in ("page", "page_size")} | {"total": connection["total_count"]}
    nodes = connection["nodes"]
    data = nodes if connection is field else field | {"specialists": nodes}
    return {"data": data, "meta": meta | {"total_pages": info["total_pages"]}}


def impersonal(body: Json) -> Json:
    """Return ``body`` with True for what every record has of its own: ids and instants."""
    return {"data": {key: value is not None if key in OWN else value for key, value in body["data"].items()}}
