"""An error is one of the catalogue, in one shape, and says nothing of what lies behind."""

from typing import Any

import pytest

from schema.rest.catalogue import catalogue
from tests.client import GraphqlReply, Member, ask, post
from tests.clinic import Clinic

STATUSES = {kind.code: kind.status for kind in catalogue()}
SECRETS = ("traceback", "asyncpg", "sqlalchemy", "strawberry", "postgres", "python", "select ", "specialist_words")

REQUESTS: dict[str, tuple[str, dict[str, Any]]] = {
    "a syntax error": ("{ viewer ", {}),
    "a field that is not there": ("{ nope }", {}),
    "a variable that does not fit": ("query ($n: Int) { specialists(first: $n) { totalCount } }", {"n": "x"}),
    "no such operation": ("query A { viewer { role } } query B { viewer { role } }", {}),
    "a record that is not there": ('{ specialist(id: "0") { id } }', {}),
    "a bad argument": ("{ specialists(page: 0) { totalCount } }", {}),
    "not allowed": ("{ users { totalCount } }", {}),
    "a bad input": ('mutation { createSpecialist(input: {name: "", slug: "A B", avatarUrl: "x"}) { id } }', {}),
    "null where it cannot be": ('query ($i: ID = "1") { specialist(id: $i) { id } }', {"i": None}),
    "text that cannot be stored": ("query ($s: String!) { specialistBySlug(slug: $s) { id } }", {"s": "a\0"}),
    "text that is no text": ("query ($s: String!) { specialtyBySlug(slug: $s) { id } }", {"s": "\ud800"}),
    "a number that is none": ("query ($i: Int) { specialists(first: $i) { totalCount } }", {"i": 1e400}),
    "a key that is no text": ("query ($f: UserFilter) { users(filter: $f) { totalCount } }", {"f": {"\ud800": 1}}),
    "an enum that is no text": (
        "query ($s: SpecialistSort!) { specialists(sort: [$s]) { totalCount } }",
        {"s": "\udfff"},
    ),
}


def _check_shape(reply: GraphqlReply) -> None:
    assert set(reply.body) <= {"data", "errors"}
    assert reply.errors
    for error in reply.errors:
        extensions = error["extensions"]
        assert set(error) <= {"message", "locations", "path", "extensions"}
        assert (
            {"code", "status", "request_id"} <= set(extensions) <= {"code", "status", "field", "errors", "request_id"}
        )
        assert STATUSES[extensions["code"]] == extensions["status"] < 500
        assert extensions["request_id"] == reply.headers["x-request-id"]


@pytest.mark.parametrize("role", ["patient", "admin"])
@pytest.mark.parametrize("case", REQUESTS)
async def test_every_error_has_the_shape_of_the_contract(case: str, role: str, north: Clinic) -> None:
    document, variables = REQUESTS[case]

    reply = await ask(north.member(role), document, variables)

    if role == "patient" or case != "not allowed":
        _check_shape(reply)
    assert reply.status < 500
    text = str(reply.body).lower()
    assert [secret for secret in SECRETS if secret in text] == []


async def test_a_field_that_is_at_fault_is_named_as_the_schema_names_it(north: Clinic) -> None:
    reply = await ask(
        north.admin, 'mutation { createSpecialist(input: {name: "A", slug: "a", avatarUrl: "x"}) { id } }'
    )

    assert reply.errors[0]["extensions"]["field"] == "avatarUrl"


async def test_all_invalid_fields_are_told_in_the_order_of_the_contract(north: Clinic) -> None:
    reply = await ask(
        north.admin, 'mutation { createSpecialist(input: {avatarUrl: "x", slug: "A", name: " "}) { id } }'
    )

    extensions = reply.errors[0]["extensions"]
    assert [error["code"] for error in extensions["errors"]] == ["name_required", "invalid_slug", "invalid_avatar_url"]
    assert [error["field"] for error in extensions["errors"]] == ["name", "slug", "avatarUrl"]
    assert [error["path"] for error in extensions["errors"]] == [
        ["input", name] for name in ("name", "slug", "avatarUrl")
    ]
    assert extensions["code"] == "name_required"
    assert all(error["message"] for error in extensions["errors"])


async def test_a_single_invalid_field_is_listed_too(north: Clinic) -> None:
    reply = await ask(north.admin, 'mutation { createSpecialist(input: {name: "", slug: "a"}) { id } }')

    extensions = reply.errors[0]["extensions"]
    assert extensions["errors"] == [
        {"code": "name_required", "field": "name", "message": "Name is required", "path": ["input", "name"]}
    ]
    assert (extensions["code"], extensions["field"]) == ("name_required", "name")


async def test_the_clients_own_request_id_stands_in_the_error(north: Clinic) -> None:
    response = await post(north.admin, '{"query": "{ nope }"}', x_request_id="mine-42")

    assert response.errors[0]["extensions"]["request_id"] == "mine-42"


@pytest.mark.parametrize(
    ("authorization", "code", "status"),
    [("", "unauthorized", 401), ("Bearer x.y.z", "unauthorized", 401), ("Basic abc", "unauthorized", 401)],
)
async def test_a_request_without_a_token_that_holds_is_answered_in_the_shape_of_this_face(
    authorization: str, code: str, status: int, north: Clinic
) -> None:
    response = await post(north.admin, '{"query": "{ viewer { role } }"}', authorization=authorization)

    assert response.status == status
    assert "data" not in response.body
    assert response.codes == [code]
    assert response.headers["www-authenticate"].startswith("Bearer")


async def test_a_message_is_cut_to_a_reasonable_length(north: Clinic) -> None:
    reply = await ask(north.admin, f"{{ {'a' * 50_000} }}")

    assert len(reply.errors[0]["message"]) <= 500


async def test_a_stranger_cannot_tell_a_record_of_another_clinic_from_none(north: Clinic, south: Clinic) -> None:
    id_ = await north.add_specialist()

    async def message(who: Member, id_: object) -> Any:
        reply = await ask(who, "query ($i: ID!) { specialist(id: $i) { id } }", {"i": id_})
        return [{**error, "extensions": {**error["extensions"], "request_id": ""}} for error in reply.errors]

    answers = [await message(south.admin, unknown_id) for unknown_id in (id_, "1" * 18, "abc", "-1", 10**30, "", "1.5")]
    assert answers[0][0]["extensions"]["code"] == "specialist_not_found"
    assert all(answer == answers[0] for answer in answers)
