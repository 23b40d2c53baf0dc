"""A cursor holds for the list, sort and filter that gave it, and for nothing else."""

import base64
import json
from typing import Any

import pytest

from tests.client import GraphqlReply, Member, ask
from tests.clinic import Clinic
from tests.roster import FIRST_ID

WRONG_LIST = "The cursor belongs to another list, sort or filter"


async def _cursor(who: Member, arguments: str = "", list_: str = "specialists") -> str:
    reply = await ask(who, f"{{ page: {list_}(first: 3 {arguments}) {{ pageInfo {{ endCursor }} }} }}")
    end_cursor: str = reply.data["page"]["pageInfo"]["endCursor"]
    return end_cursor


async def _after(who: Member, cursor: str, arguments: str = "", list_: str = "specialists") -> GraphqlReply:
    document = f"query ($c: String) {{ {list_}(first: 3, after: $c {arguments}) {{ nodes {{ id }} }} }}"
    return await ask(who, document, {"c": cursor})


SAME = [
    ("", ", sort: [CREATED_AT_DESC]"),
    ("", ", deleted: false"),
    ("", ", deleted: null"),
    ("", ", filter: {}"),
    ("", ", filter: {search: null}"),
    ('filter: {search: "dr ada"}', 'filter: {search: "ADA, Dr."}'),
    ("sort: [NAME_ASC]", "sort: [NAME_ASC, ID_ASC]"),
    ("sort: [NAME_ASC]", "sort: [NAME_ASC, NAME_DESC]"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
async def test_a_cursor_holds_however_the_same_list_is_asked_for(one: str, other: str, west: Clinic) -> None:
    reply = await _after(west.patient, await _cursor(west.patient, one), other)

    assert reply.errors == []


OTHER = [
    ("", "sort: [CREATED_AT_ASC]"),
    ("", "sort: [NAME_ASC]"),
    ("", "sort: [CREATED_AT_DESC, NAME_ASC]"),
    ("sort: [CREATED_AT_DESC, NAME_ASC]", ""),
    ("sort: [NAME_ASC]", "sort: [NAME_DESC]"),
    ("sort: [NAME_ASC]", "sort: [SLUG_ASC]"),
    ("sort: [UPDATED_AT_DESC]", ""),
    ("", "deleted: true"),
    ("", "filter: {schedulingActive: true}"),
    ("filter: {schedulingActive: true}", "filter: {schedulingActive: false}"),
    ("filter: {schedulingActive: true}", ""),
    ("", f'filter: {{specialtyId: "{FIRST_ID}"}}'),
    (f'filter: {{specialtyId: "{FIRST_ID}"}}', f'filter: {{specialtyId: "{FIRST_ID + 1}"}}'),
    (f'filter: {{specialtyId: "{FIRST_ID}"}}', f'filter: {{userId: "{FIRST_ID}"}}'),
    ('filter: {search: "dr"}', 'filter: {search: "d"}'),
    ('filter: {search: "dr"}', ""),
]


@pytest.mark.parametrize(("one", "other"), OTHER)
async def test_a_cursor_is_refused_under_another_sort_or_filter(one: str, other: str, west: Clinic) -> None:
    reply = await _after(west.patient, await _cursor(west.patient, one), other)

    assert reply.codes == ["invalid_cursor"]
    assert reply.errors[0]["message"] == WRONG_LIST
    assert reply.errors[0]["extensions"]["field"] == "after"


async def test_a_cursor_of_deleted_records_is_refused_for_active_ones(north: Clinic) -> None:
    id_ = await north.add_specialist()
    await north.admin.rest("DELETE", f"/v1/specialists/{id_}")

    reply = await _after(north.admin, await _cursor(north.admin, "deleted: true"))

    assert reply.codes == ["invalid_cursor"]


@pytest.mark.parametrize("sort", ["sort: [TITLE_ASC]", "sort: [ID_ASC]", "sort: [CREATED_AT_DESC]"])
async def test_a_cursor_of_another_list_is_refused(sort: str, west: Clinic) -> None:
    specialists = await _cursor(west.patient, sort)
    specialties = await _cursor(west.patient, sort, "specialties")

    refusals = [
        await _after(west.patient, specialties, sort),
        await _after(west.patient, specialists, sort, "specialties"),
    ]
    assert [(refusal.codes, refusal.errors[0]["message"]) for refusal in refusals] == [
        (["invalid_cursor"], WRONG_LIST)
    ] * 2


async def test_a_refused_cursor_names_its_argument(west: Clinic) -> None:
    reply = await ask(west.patient, '{ specialists(last: 1, before: "x") { totalCount } }')

    assert reply.codes == ["invalid_cursor"]
    assert reply.errors[0]["extensions"]["field"] == "before"
    assert reply.errors[0]["extensions"]["status"] == 400


GARBAGE = [
    "",
    " ",
    "x",
    "!!!!",
    "null",
    "W10",
    "e30",
    "bnVsbA",
    "====",
    "a" * 5_000,
    "W" * 4_096,
    "YXJyYXljb25uZWN0aW9uOjE=",
    "\0",
    "\ud800",
    "é",
    base64.b64encode(b"[" * 3_000).decode(),
    base64.b64encode(b"\xff\xfe\xfd").decode(),
    base64.b64encode(b'["x", NaN]').decode(),
]


@pytest.mark.parametrize("cursor", GARBAGE, ids=range(len(GARBAGE)))
async def test_a_cursor_that_is_none_is_refused(cursor: str, west: Clinic) -> None:
    for list_ in ("specialists", "specialties"):
        reply = await _after(west.patient, cursor, list_=list_)
        assert (reply.codes, reply.errors[0]["message"]) == (["invalid_cursor"], "The cursor cannot be read")
    document = f'query ($c: String) {{ specialty(id: "{FIRST_ID}") {{ specialists(after: $c) {{ totalCount }} }} }}'
    assert (await ask(west.patient, document, {"c": cursor})).codes == ["invalid_cursor"]


def _opened(cursor: str) -> list[Any]:
    position: list[Any] = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    return position


def _closed(position: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(position).encode()).decode().rstrip("=")


WORSE_IDS: list[Any] = [
    None,
    5,
    "",
    "0",
    "-1",
    "abc",
    "1.5",
    "9223372036854775808",
    "1" * 30,
    [],
    {},
    True,
    "\u0661",
    " 5",
]
WORSE_INSTANTS: list[Any] = [
    None,
    5,
    "",
    "yesterday",
    "2025-01-10",
    "2025-01-10 08:00:00",
    "2025-13-10 08:00:00+00",
    "0001-01-01 00:00:00+23:59",
    "9999-12-31 23:59:59-23:59",
    "infinity",
    "-infinity",
    "now",
    [],
]
WORSE_TEXTS: list[Any] = [None, 5, "\0", "a\0b", "\ud800", [], {}, True]


@pytest.mark.parametrize("id_", WORSE_IDS, ids=repr)
async def test_an_id_within_a_cursor_cannot_be_anything_else(id_: object, west: Clinic) -> None:
    position = _opened(await _cursor(west.patient))

    reply = await _after(west.patient, _closed([*position[:-1], id_]))

    assert reply.codes == ["invalid_cursor"]


@pytest.mark.parametrize("instant", WORSE_INSTANTS, ids=repr)
async def test_an_instant_within_a_cursor_cannot_be_anything_else(instant: object, west: Clinic) -> None:
    position = _opened(await _cursor(west.patient))

    reply = await _after(west.patient, _closed([position[0], instant, position[2]]))

    assert reply.codes == ["invalid_cursor"]


@pytest.mark.parametrize("text", WORSE_TEXTS, ids=repr)
async def test_a_text_within_a_cursor_cannot_be_anything_else(text: object, west: Clinic) -> None:
    position = _opened(await _cursor(west.patient, "sort: [NAME_ASC]"))

    reply = await _after(west.patient, _closed([position[0], text, position[2]]), "sort: [NAME_ASC]")

    assert reply.codes == ["invalid_cursor"]


async def test_a_cursor_with_a_value_too_many_or_too_few_is_refused(west: Clinic) -> None:
    position = _opened(await _cursor(west.patient))

    for wrong in (
        [*position, position[-1]],
        position[:-1],
        position[:1],
        position[1:],
        [position],
        {"a": position},
        "x",
        5,
        None,
        True,
    ):
        assert (await _after(west.patient, _closed(wrong))).codes == ["invalid_cursor"], wrong


@pytest.mark.parametrize("mark", ["", "x", None, 0, [], "0" * 18, "\ud800"], ids=repr)
async def test_a_cursor_under_a_mark_of_ones_own_is_refused(mark: object, west: Clinic) -> None:
    position = _opened(await _cursor(west.patient))

    assert (await _after(west.patient, _closed([mark, *position[1:]]))).codes == ["invalid_cursor"]


async def test_a_cursor_cut_short_anywhere_is_refused(west: Clinic) -> None:
    cursor = await _cursor(west.patient)

    for length in range(len(cursor)):
        assert (await _after(west.patient, cursor[:length])).codes == ["invalid_cursor"], length
