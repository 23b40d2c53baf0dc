"""An id of another clinic, one that nobody has and one that is none: the same answer, byte for byte."""

import httpx2
import pytest

from tests.clinic import Clinic
from tests.contract.operations import OPERATIONS, Operation

REQUEST_ID = "the-same"
VOLATILE = {"server-timing", "date"}
NO_IDS = [
    *("9000000000", str(2**63 - 1), str(2**63), str(10**30), "9" * 5_000),
    *("0", "-0", "-1", "+1", "00", "abc", "1.0", "1e0", "0x1", "1_0", "null", "None", "true", "{}", "[1]", "1,2"),
    *(
        " ",
        " 1",
        "1 ",
        "1\n",
        "1\0",
        "\0",
        "%00",
        "'",
        "1;--",
        "1 or 1=1",
        "\u0661",
        "\uff11",
        "\u00b9",
        "..",
        "\u2028",
    ),
]
WITH_ID = [operation for operation in OPERATIONS if operation.entity and "slug:" not in operation.document]


@pytest.mark.parametrize("operation", WITH_ID, ids=lambda operation: operation.name)
async def test_they_cannot_be_told_apart(north: Clinic, south: Clinic, operation: Operation) -> None:
    foreign = await (south.add_specialty() if operation.entity == "specialty" else south.add_specialist())

    expected = await operation.ask(north.admin, str(foreign), request_id=REQUEST_ID)
    answers = {id_: await operation.ask(north.admin, _sent(operation, id_), request_id=REQUEST_ID) for id_ in NO_IDS}

    assert (expected.status, expected.code) == (404, operation.missing)
    assert {id_: response.text for id_, response in answers.items()} == dict.fromkeys(NO_IDS, expected.text)
    assert {str(_steady(answer.headers)) for answer in answers.values()} == {str(_steady(expected.headers))}


@pytest.mark.parametrize(
    "operation", [operation for operation in WITH_ID if operation.bad], ids=lambda operation: operation.name
)
async def test_existence_comes_before_validity(north: Clinic, south: Clinic, operation: Operation) -> None:
    foreign = await (south.add_specialty() if operation.entity == "specialty" else south.add_specialist())

    answers = [await operation.ask(north.admin, id_, body=operation.bad) for id_ in (str(foreign), "9000000000", "abc")]

    assert [(answer.status, answer.code) for answer in answers] == [(404, operation.missing)] * 3


@pytest.mark.parametrize("operation", WITH_ID, ids=lambda operation: operation.name)
async def test_a_number_is_an_id_too_and_a_huge_one_is_nobodys(north: Clinic, operation: Operation) -> None:
    answers = [await operation.ask(north.admin, id_) for id_ in (0, -1, 2**63, 10**30)]

    assert [(answer.status, answer.code) for answer in answers] == [(404, operation.missing)] * 4


def _sent(operation: Operation, id_: str) -> str:
    """As a variable, or as one segment of an address."""
    if operation.document or id_ == "%00":
        return id_
    return "".join(f"%{byte:02x}" for byte in id_.encode())


def _steady(headers: httpx2.Headers) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name not in VOLATILE}


@pytest.mark.parametrize("prefix", ["0", "00", "+", "%20"])
async def test_an_id_is_written_in_one_way(north: Clinic, prefix: str) -> None:
    specialist = await north.add_specialist()

    response = await north.patient.rest("GET", f"/v1/specialists/{prefix}{specialist}")
    reply = await north.patient.graphql(f'{{ specialist(id: "{prefix}{specialist}") {{ id }} }}')

    assert response.json()["error"]["code"] == "specialist_not_found"
    assert [error["extensions"]["code"] for error in reply["errors"]] == ["specialist_not_found"]
