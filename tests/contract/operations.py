"""List every operation of both APIs, with a valid and an invalid request of each."""

from dataclasses import dataclass, field
from urllib.parse import quote

import httpx2

from tests.client import Json, Member, error_of

MISSING = {"specialist": "specialist_not_found", "specialty": "specialty_not_found"}


@dataclass(frozen=True)
class Outcome:
    """The same for both APIs; ``text`` is the whole body."""

    status: int
    code: str | None
    text: str
    headers: httpx2.Headers


@dataclass(frozen=True)
class Operation:
    """One thing to ask. ``name`` is the field of the schema, or method and path.

    ``entity`` is what the id in it names; ``good`` is what an admin may send, ``bad`` what nobody may.
    """

    name: str
    entity: str | None = None
    document: str = ""
    good: Json = field(default_factory=dict)
    bad: Json = field(default_factory=dict)
    admin_only: bool = False
    deleted: bool = False

    @property
    def writes(self) -> bool:
        return self.document.startswith("mutation") or (not self.document and not self.name.startswith("GET"))

    @property
    def creates(self) -> bool:
        """Whether it answers 201."""
        return self.name.startswith("POST") and self.entity is None

    @property
    def missing(self) -> str:
        return MISSING[self.entity or ""]

    async def ask(
        self, member: Member, id_: object, slug: str = "", body: Json | None = None, *, request_id: str | None = None
    ) -> Outcome:
        """Send it about the record with that id or slug, with ``good`` if there is no other body."""
        body = self.good if body is None else body
        headers = {} if request_id is None else {"x_request_id": request_id}
        if self.document:
            query = self._query({"id": id_, "slug": slug, **body})
            return _outcome(await member.rest("POST", "/graphql", query, **headers))
        method, path = self.name.split()
        address = path.replace("{id}", quote(str(id_), safe="%"))
        return _outcome(await member.rest(method, address, body if self.writes else None, **headers))

    def _query(self, variables: Json) -> Json:
        used_variables = {name: value for name, value in variables.items() if f"${name}:" in self.document}
        return {"query": self.document, "variables": used_variables}


def _outcome(response: httpx2.Response) -> Outcome:
    status, error = error_of(response.json(), response.status_code) or (response.status_code, {"code": None})
    return Outcome(status, error["code"], response.text, response.headers)


SPECIALIST = {"name": "Dr. New", "slug": "dr-new"}
SPECIALTY = {"title": "New", "slug": "new"}
HOURS = {"rows": [{"dayOfWeek": 1, "startTime": "09:00", "endTime": "17:00"}]}
AWAY = {"rows": [{"date": "2030-01-07", "isAvailable": False}]}


def _rest(entity: str, plural: str, good: Json) -> list[Operation]:
    path = f"/v1/{plural}"
    return [
        Operation(f"GET {path}"),
        Operation(f"POST {path}", None, "", good, {}),
        Operation(f"GET {path}/{{id}}", entity),
        Operation(f"PUT {path}/{{id}}", entity, "", good, {"slug": "A"}),
        Operation(f"PATCH {path}/{{id}}", entity, "", good, {"slug": "A"}),
        Operation(f"DELETE {path}/{{id}}", entity),
    ]


REST = [
    *_rest("specialist", "specialists", SPECIALIST),
    Operation("POST /v1/specialists/{id}/restore", "specialist", deleted=True),
    Operation("GET /v1/specialists/{id}/history", "specialist", admin_only=True),
    *_rest("specialty", "specialties", SPECIALTY),
]
QUERIES = [
    Operation("viewer", None, "{ viewer { role } }"),
    Operation("specialists", None, "{ specialists { nodes { id name } totalCount } }"),
    Operation("specialist", "specialist", "query ($id: ID!) { specialist(id: $id) { id name } }"),
    Operation("specialistBySlug", "specialist", "query ($slug: String!) { specialistBySlug(slug: $slug) { id name } }"),
    Operation("specialties", None, "{ specialties { nodes { id title } totalCount } }"),
    Operation("specialty", "specialty", "query ($id: ID!) { specialty(id: $id) { id title } }"),
    Operation("specialtyBySlug", "specialty", "query ($slug: String!) { specialtyBySlug(slug: $slug) { id title } }"),
    Operation("users", None, "{ users { nodes { id } totalCount } }", admin_only=True),
]


def _mutation(name: str, entity: str | None, input_type: str, good: Json, below: str = "{ id }") -> Operation:
    declarations, arguments = "$input: " + input_type, "input: $input"
    if entity:
        declarations, arguments = f"$id: ID!, {declarations}", f"id: $id, {arguments}"
    document = f"mutation ({declarations}) {{ {name}({arguments}) {below} }}"
    return Operation(name, entity, document, {"input": good}, {"input": good | {"slug": "A"}})


def _set(name: str, argument: str, type_: str, good: Json, bad: Json) -> Operation:
    document = f"mutation ($id: ID!, $rows: [{type_}!]!) {{ {name}(specialistId: $id, {argument}: $rows) {{ id }} }}"
    return Operation(name, "specialist", document, good, bad)


MUTATIONS = [
    _mutation("createSpecialist", None, "CreateSpecialistInput!", SPECIALIST),
    _mutation("updateSpecialist", "specialist", "UpdateSpecialistInput!", SPECIALIST),
    Operation("deleteSpecialist", "specialist", "mutation ($id: ID!) { deleteSpecialist(id: $id) { id } }"),
    Operation(
        "restoreSpecialist", "specialist", "mutation ($id: ID!) { restoreSpecialist(id: $id) { id } }", deleted=True
    ),
    _mutation("createSpecialty", None, "CreateSpecialtyInput!", SPECIALTY),
    _mutation("updateSpecialty", "specialty", "UpdateSpecialtyInput!", SPECIALTY),
    Operation("deleteSpecialty", "specialty", "mutation ($id: ID!) { deleteSpecialty(id: $id) }"),
    _set("setWeeklyHours", "weeklyHours", "WeeklyHoursInput", HOURS, {"rows": [HOURS["rows"][0] | {"dayOfWeek": 8}]}),
    _set("setOverrides", "overrides", "OverrideInput", AWAY, {"rows": [AWAY["rows"][0] | {"date": "x"}]}),
]
OPERATIONS = [*REST, *QUERIES, *MUTATIONS]
