"""The history of a record: what was changed, by whom, for admins of its clinic alone, alike in both APIs."""

import pytest

from tests.audit import entries_of
from tests.client import Json, Member, ask
from tests.clinic import Clinic
from tests.contract.scheduling import set_overrides, set_weekly_hours
from tests.text import camel

REQUEST_ID = "history-1"
FIELDS = """id at action tableName recordId actorId sessionId requestId
    fields { name old new } actor { id email username role }"""
HISTORY = f"""query ($id: ID!, $first: Int, $after: String) {{
    specialist(id: $id) {{ history(first: $first, after: $after) {{
        nodes {{ {FIELDS} }} totalCount pageInfo {{ page pageSize hasNextPage endCursor }}
    }} }}
}}"""
OF_SPECIALTY = (
    "query ($id: ID!) { specialty(id: $id) { history { nodes { action tableName fields { name old new } } } } }"
)
NESTED = [
    '{ specialistBySlug(slug: "ada") { history { totalCount } } }',
    "{ specialists { nodes { name history(first: 1) { totalCount } } } }",
    "{ specialties { nodes { specialists { edges { node { ...h } } } } } }"
    " fragment h on Specialist { history { totalCount } }",
    "query ($first: Int = 1) { specialties { nodes { history(first: $first) { nodes { id } } } } }",
]


async def of_rest(who: Member, specialist: int, query: str = "") -> Json:
    body: Json = (await who.rest("GET", f"/v1/specialists/{specialist}/history{query}")).json()
    return body


async def of_graphql(who: Member, specialist: int, **variables: object) -> Json:
    reply = await ask(who, HISTORY, {"id": str(specialist), **variables})
    assert reply.errors == []
    history: Json = reply.data["specialist"]["history"]
    return history


async def changed_specialist(clinic: Clinic) -> int:
    """A specialist with changes of every kind, the last under ``REQUEST_ID``."""
    specialty = await clinic.add_specialty("Cardiology", "cardiology")
    specialist = await clinic.add_specialist(name="Ada", slug="ada", specialty_ids=[specialty])
    await set_weekly_hours(clinic.admin, specialist, [{"dayOfWeek": 1, "startTime": "09:00", "endTime": "17:30"}])
    await set_overrides(clinic.admin, specialist, [{"date": "2030-01-07", "isAvailable": False}])
    await clinic.admin.rest(
        "PUT", f"/v1/specialists/{specialist}", {"avatar_url": "https://a.example/a", "specialty_ids": []}
    )
    await clinic.admin.rest("DELETE", f"/v1/specialists/{specialist}", x_request_id=REQUEST_ID)
    return specialist


def in_graphql(change: Json) -> Json:
    """A change of REST as GraphQL writes it."""
    ids = {name: None if change[name] is None else str(change[name]) for name in ("id", "record_id")}
    spelled = {name: change[name].upper() for name in ("action", "table_name")}
    fields = [field | {"name": camel(field["name"])} for field in change["fields"]]
    actor = change["actor"] and change["actor"] | {"id": str(change["actor"]["id"])}
    return {camel(name): value for name, value in (change | ids | spelled | {"fields": fields, "actor": actor}).items()}


async def test_both_apis_tell_the_same(north: Clinic) -> None:
    specialist = await changed_specialist(north)

    rest, graphql = await of_rest(north.admin, specialist), await of_graphql(north.admin, specialist)

    assert [in_graphql(change) for change in rest["data"]] == graphql["nodes"]
    assert rest["meta"]["total"] == graphql["totalCount"] == len(rest["data"])


async def test_every_change_of_the_specialist_and_of_what_belongs_to_it_is_told_newest_first(north: Clinic) -> None:
    specialist = await changed_specialist(north)
    other = await north.add_specialist()

    changes = (await of_rest(north.admin, specialist))["data"]

    entries = [entry for entry in await entries_of(north) if entry.specialist_id == specialist]
    assert [change["id"] for change in changes] == [entry.id for entry in reversed(entries)]
    actions = [(change["action"], change["table_name"]) for change in changes]
    assert actions[0] == ("update", "specialists")
    assert set(actions[1:3]) == {("update", "specialists"), ("delete", "specialist_specialties")}
    assert actions[3:] == [
        ("create", "overrides"),
        ("create", "weekly_hours"),
        ("create", "specialist_specialties"),
        ("create", "specialists"),
    ]
    assert (await of_rest(north.admin, other))["meta"]["total"] == 1


async def test_values_are_told_as_the_api_writes_them(north: Clinic) -> None:
    specialist = await changed_specialist(north)
    shown = (await north.admin.rest("GET", f"/v1/specialists/{specialist}?include=weekly_hours,overrides")).json()[
        "data"
    ]

    deleted, *_, overrides, hours, link, created = (await of_rest(north.admin, specialist))["data"]

    assert deleted["fields"] == [{"name": "deleted_at", "old": None, "new": shown["deleted_at"]}]
    assert {field["name"]: field["new"] for field in hours["fields"]} == {
        "day_of_week": "1",
        "start_time": "09:00",
        "end_time": "17:30",
    }
    assert {field["name"]: field["new"] for field in overrides["fields"]} == {
        "date": "2030-01-07",
        "is_available": "false",
    }
    assert [field["name"] for field in link["fields"]] == ["specialty_id"]
    assert {"name": "name", "old": None, "new": "Ada"} in created["fields"]


async def test_a_change_names_its_actor_session_and_request(north: Clinic) -> None:
    specialist = await changed_specialist(north)
    viewer = (await north.admin.graphql("{ viewer { id user { id role } } }"))["data"]["viewer"]

    newest = (await of_graphql(north.admin, specialist, first=1))["nodes"][0]

    assert (newest["actorId"], newest["requestId"]) == (viewer["id"], REQUEST_ID)
    assert newest["sessionId"].startswith("sess_")
    assert {name: newest["actor"][name] for name in ("id", "role")} == viewer["user"]


async def test_pages_and_cursors_lead_through_the_whole_history(north: Clinic) -> None:
    specialist = await changed_specialist(north)
    whole = [change["id"] for change in (await of_rest(north.admin, specialist))["data"]]

    pages = [(await of_rest(north.admin, specialist, f"?page={page}&page_size=3"))["data"] for page in (1, 2, 3)]
    cursor, ids = None, list[int]()
    while cursor is not None or not ids:
        history = await of_graphql(north.admin, specialist, first=3, after=cursor)
        ids += [int(change["id"]) for change in history["nodes"]]
        cursor = history["pageInfo"]["endCursor"] if history["pageInfo"]["hasNextPage"] else None

    assert [change["id"] for page in pages for change in page] == whole
    assert ids == whole


async def test_a_page_links_to_the_others(north: Clinic) -> None:
    specialist = await changed_specialist(north)
    path = f"/v1/specialists/{specialist}/history"

    response = await north.admin.rest("GET", f"{path}?page_size=3&page=2")

    links = [
        f'<{path}?page_size=3&page={page}>; rel="{name}"'
        for name, page in (("first", 1), ("prev", 1), ("next", 3), ("last", 3))
    ]
    assert response.headers["link"] == ", ".join(links)
    assert response.json()["meta"] == {"page": 2, "page_size": 3, "total": 7, "total_pages": 3}


async def test_a_cursor_is_good_for_one_record_alone(north: Clinic) -> None:
    specialist, other = await changed_specialist(north), await north.add_specialist()
    cursor = (await of_graphql(north.admin, specialist, first=1))["pageInfo"]["endCursor"]

    reply = await ask(north.admin, HISTORY, {"id": str(other), "after": cursor})

    assert reply.codes == ["invalid_cursor"]


@pytest.mark.parametrize("role", ["patient", "specialist", "member"])
async def test_nobody_but_an_admin_learns_anything(north: Clinic, south: Clinic, role: str) -> None:
    specialist, foreign = await changed_specialist(north), await south.add_specialist()

    responses = [
        await north.member(role).rest("GET", f"/v1/specialists/{id_}/history{query}", x_request_id="same")
        for id_ in (specialist, foreign, 2**62, "abc")
        for query in ("", "?page=0")
    ]

    assert {(response.status_code, response.text) for response in responses} == {(403, responses[0].text)}
    assert responses[0].json()["error"]["code"] == "forbidden"


@pytest.mark.parametrize("query", NESTED)
async def test_a_root_field_that_selects_a_history_is_forbidden_and_the_others_stand(north: Clinic, query: str) -> None:
    await changed_specialist(north)
    both = (
        query.replace("{", "{ viewer { role }", 1)
        if not query.startswith("query")
        else query.replace(") {", ") { viewer { role }", 1)
    )

    admin, patient = await ask(north.admin, both), await ask(north.patient, both)

    assert admin.errors == []
    assert patient.codes == ["forbidden"]
    nullable = "BySlug" in query
    assert patient.data == ({"viewer": {"role": "patient"}, "specialistBySlug": None} if nullable else None)


async def test_the_history_of_another_clinics_specialist_is_that_of_none(north: Clinic, south: Clinic) -> None:
    specialist = await changed_specialist(north)

    rest = [
        await south.admin.rest("GET", f"/v1/specialists/{id_}/history", x_request_id="same")
        for id_ in (specialist, 2**62)
    ]
    graphql = [await ask(south.admin, HISTORY, {"id": str(id_)}) for id_ in (specialist, 2**62)]

    assert [response.status_code for response in rest] == [404, 404]
    assert rest[0].text == rest[1].text
    assert [reply.codes for reply in graphql] == [["specialist_not_found"]] * 2


async def test_a_specialty_has_a_history_of_its_own(north: Clinic) -> None:
    specialty = await north.add_specialty("Cardiology", "cardiology")
    await north.add_specialist(specialty_ids=[specialty])
    await north.admin.rest("PUT", f"/v1/specialties/{specialty}", {"title": "Angiology"})

    reply = await ask(north.admin, OF_SPECIALTY, {"id": str(specialty)})

    changed, created = reply.data["specialty"]["history"]["nodes"]
    assert changed == {
        "action": "UPDATE",
        "tableName": "SPECIALTIES",
        "fields": [{"name": "title", "old": "Cardiology", "new": "Angiology"}],
    }
    assert created["action"] == "CREATE"


async def test_a_mutation_reads_back_the_change_that_it_makes(north: Clinic) -> None:
    specialist = await north.add_specialist()
    document = """mutation ($id: ID!) { updateSpecialist(id: $id, input: {title: "Dr."}) {
        history(first: 1) { nodes { requestId fields { name new } } }
    } }"""

    response = await north.admin.rest("POST", "/graphql", {"query": document, "variables": {"id": specialist}})

    (change,) = response.json()["data"]["updateSpecialist"]["history"]["nodes"]
    assert change == {"requestId": response.headers["x-request-id"], "fields": [{"name": "title", "new": "Dr."}]}


async def test_a_page_that_is_none_is_refused(north: Clinic) -> None:
    specialist = await north.add_specialist()

    codes = [(await of_rest(north.admin, specialist, query))["error"]["code"] for query in ("?page=0", "?page_size=x")]

    assert codes == ["invalid_page", "invalid_page_size"]
