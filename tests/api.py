"""Call both APIs through one client protocol: the same calls, the same replies."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode

from resolvers.lists import SPECIALISTS, SPECIALTIES
from schema.rest import specialists, specialties
from tests.client import Json, Member, error_of
from tests.text import camel, snake

SPECIALIST, SPECIALTY = specialists.resource, specialties.resource
IDS = {"id", "organization_id", "user_id", "appointment_type_id"}


@dataclass(frozen=True)
class Reply:
    """What either API answered: ``data`` in the shape of the REST contract, or an error's code."""

    data: Any = None
    code: str | None = None
    status: int = 200
    field: str | None = None
    codes: Sequence[str] = ()
    meta: Mapping[str, int] = dataclasses.field(default_factory=dict)


class Api(Protocol):
    """One API. ``listing`` holds the REST names: page, page_size, sort, include, deleted, search, .."""

    name: str

    async def list_specialists(self, who: Member, **listing: Any) -> Reply: ...
    async def get_specialist(self, who: Member, id_: object, include: str = "") -> Reply: ...
    async def create_specialist(self, who: Member, body: Json, include: str = "") -> Reply: ...
    async def update_specialist(self, who: Member, id_: object, body: Json, version: str | None = None) -> Reply: ...
    async def delete_specialist(self, who: Member, id_: object, version: str | None = None) -> Reply: ...
    async def restore_specialist(self, who: Member, id_: object, include: str = "") -> Reply: ...
    async def list_specialties(self, who: Member, **listing: Any) -> Reply: ...
    async def get_specialty(self, who: Member, id_: object, **listing: Any) -> Reply: ...
    async def create_specialty(self, who: Member, body: Json) -> Reply: ...
    async def update_specialty(self, who: Member, id_: object, body: Json, version: str | None = None) -> Reply: ...
    async def delete_specialty(self, who: Member, id_: object, version: str | None = None) -> Reply: ...


class RestApi:
    name = "rest"

    async def list_specialists(self, who: Member, **listing: Any) -> Reply:
        return await self._call(who, "GET", "/v1/specialists", query=listing)

    async def get_specialist(self, who: Member, id_: object, include: str = "") -> Reply:
        return await self._call(who, "GET", f"/v1/specialists/{id_}", query={"include": include})

    async def create_specialist(self, who: Member, body: Json, include: str = "") -> Reply:
        return await self._call(who, "POST", "/v1/specialists", body, query={"include": include})

    async def update_specialist(self, who: Member, id_: object, body: Json, version: str | None = None) -> Reply:
        return await self._call(who, "PUT", f"/v1/specialists/{id_}", body, version)

    async def delete_specialist(self, who: Member, id_: object, version: str | None = None) -> Reply:
        return await self._call(who, "DELETE", f"/v1/specialists/{id_}", version=version)

    async def restore_specialist(self, who: Member, id_: object, include: str = "") -> Reply:
        return await self._call(who, "POST", f"/v1/specialists/{id_}/restore", query={"include": include})

    async def list_specialties(self, who: Member, **listing: Any) -> Reply:
        return await self._call(who, "GET", "/v1/specialties", query=listing)

    async def get_specialty(self, who: Member, id_: object, **listing: Any) -> Reply:
        return await self._call(who, "GET", f"/v1/specialties/{id_}", query=listing)

    async def create_specialty(self, who: Member, body: Json) -> Reply:
        return await self._call(who, "POST", "/v1/specialties", body)

    async def update_specialty(self, who: Member, id_: object, body: Json, version: str | None = None) -> Reply:
        return await self._call(who, "PUT", f"/v1/specialties/{id_}", body, version)

    async def delete_specialty(self, who: Member, id_: object, version: str | None = None) -> Reply:
        return await self._call(who, "DELETE", f"/v1/specialties/{id_}", version=version)

    async def _call(
        self,
        who: Member,
        method: str,
        path: str,
        body: Json | None = None,
        version: str | None = None,
        query: Json | None = None,
    ) -> Reply:
        address = f"{path}?{urlencode({k: _text(v) for k, v in (query or {}).items() if v != ''})}"
        headers = {} if version is None else {"if_match": f'"{version}"'}
        response = await who.rest(method, address, body, **headers)
        content = response.json()
        if failure := error_of(content, response.status_code):
            return _failure(*failure)
        return Reply(content["data"], status=response.status_code, meta=content.get("meta", {}))


class GraphqlApi:
    name = "graphql"

    async def list_specialists(self, who: Member, **listing: Any) -> Reply:
        selection = _document(SPECIALIST.fields, listing.get("include", ""))
        return _page(await self._call(who, "specialists", _arguments("Specialist", listing), PAGE % selection))

    async def get_specialist(self, who: Member, id_: object, include: str = "") -> Reply:
        return await self._call(who, "specialist", {"id": ("ID!", str(id_))}, _document(SPECIALIST.fields, include))

    async def create_specialist(self, who: Member, body: Json, include: str = "") -> Reply:
        arguments = {"input": ("CreateSpecialistInput!", _input(body))}
        return await self._call(who, "createSpecialist", arguments, _document(SPECIALIST.fields, include), "mutation")

    async def update_specialist(self, who: Member, id_: object, body: Json, version: str | None = None) -> Reply:
        arguments = {
            "id": ("ID!", str(id_)),
            "input": ("UpdateSpecialistInput!", _input(body)),
            "ifVersion": ("String", version),
        }
        return await self._call(who, "updateSpecialist", arguments, _document(SPECIALIST.fields, ""), "mutation")

    async def delete_specialist(self, who: Member, id_: object, version: str | None = None) -> Reply:
        arguments = {"id": ("ID!", str(id_)), "ifVersion": ("String", version)}
        return await self._call(who, "deleteSpecialist", arguments, "id deletedAt", "mutation")

    async def restore_specialist(self, who: Member, id_: object, include: str = "") -> Reply:
        arguments = {"id": ("ID!", str(id_))}
        return await self._call(who, "restoreSpecialist", arguments, _document(SPECIALIST.fields, include), "mutation")

    async def list_specialties(self, who: Member, **listing: Any) -> Reply:
        selection = _document(SPECIALTY.fields, "")
        return _page(await self._call(who, "specialties", _arguments("Specialty", listing), PAGE % selection))

    async def get_specialty(self, who: Member, id_: object, **listing: Any) -> Reply:
        page = f"specialists(page: $page, pageSize: $pageSize) {{ {PAGE % _document(SPECIALIST.fields, '')} }}"
        arguments = {
            "id": ("ID!", str(id_)),
            "page": ("Int", listing.get("page")),
            "pageSize": ("Int", listing.get("page_size")),
        }
        reply = await self._call(
            who, "specialty", arguments, f"{_document(SPECIALTY.fields, '')} {page}", argument_names=("id",)
        )
        if reply.data is None:
            return reply
        inner = _page(Reply(reply.data["specialists"]))
        return Reply(reply.data | {"specialists": inner.data}, meta=inner.meta)

    async def create_specialty(self, who: Member, body: Json) -> Reply:
        arguments = {"input": ("CreateSpecialtyInput!", _input(body))}
        return await self._call(who, "createSpecialty", arguments, _document(SPECIALTY.fields, ""), "mutation")

    async def update_specialty(self, who: Member, id_: object, body: Json, version: str | None = None) -> Reply:
        arguments = {
            "id": ("ID!", str(id_)),
            "input": ("UpdateSpecialtyInput!", _input(body)),
            "ifVersion": ("String", version),
        }
        return await self._call(who, "updateSpecialty", arguments, _document(SPECIALTY.fields, ""), "mutation")

    async def delete_specialty(self, who: Member, id_: object, version: str | None = None) -> Reply:
        arguments = {"id": ("ID!", str(id_)), "ifVersion": ("String", version)}
        return await self._call(who, "deleteSpecialty", arguments, "", "mutation")

    async def _call(
        self,
        who: Member,
        name: str,
        arguments: dict[str, tuple[str, Any]],
        selection: str,
        kind: str = "query",
        argument_names: Sequence[str] | None = None,
    ) -> Reply:
        declarations = ", ".join(f"${name}: {type_}" for name, (type_, _) in arguments.items())
        bound = ", ".join(f"{name}: ${name}" for name in (argument_names or arguments))
        subselection = f"{{ {selection} }}" if selection else ""
        document = f"{kind} ({declarations}) {{ {name}({bound}) {subselection} }}"
        reply = await who.graphql(document, **{argument: value for argument, (_, value) in arguments.items()})
        if failure := error_of(reply, 200):
            error = failure[1]
            return _failure(failure[0], error | {"field": snake(error["field"])} if "field" in error else error)
        return Reply(rest_shape(reply["data"][name]))


PAGE = "nodes { %s } pageInfo { page pageSize totalPages } totalCount"
FILTERS = (SPECIALISTS.filters.keys() | SPECIALTIES.filters.keys()) - {"deleted"}


def _arguments(type_: str, listing: Json) -> dict[str, tuple[str, Any]]:
    """GraphQL's arguments for the REST names of ``listing``."""
    filter_ = {camel(name): listing[name] for name in listing if name in FILTERS}
    variables: dict[str, tuple[str, Any]] = {
        "page": ("Int", listing.get("page")),
        "pageSize": ("Int", listing.get("page_size")),
        "sort": (f"[{type_}Sort!]", _sorts(listing["sort"]) if listing.get("sort") else None),
        "filter": (f"{type_}Filter", _input(filter_) if filter_ else None),
    }
    if type_ == "Specialist":
        variables["deleted"] = ("Boolean", listing.get("deleted", False))
    return variables


def _sorts(text: str) -> list[str]:
    return [f"{key.lstrip('-').upper()}_{'DESC' if key[0] == '-' else 'ASC'}" for key in text.split(",")]


def _document(fields: Sequence[str], include: str) -> str:
    included = {name: SPECIALIST.includes[name].fields for name in include.split(",") if name}
    related = [f"{camel(name)} {{ {' '.join(map(camel, names))} }}" for name, names in included.items()]
    return " ".join([*map(camel, fields), *related])


def _input(body: Json) -> Json:
    return {camel(name): value for name, value in body.items()}


def _page(reply: Reply) -> Reply:
    if reply.data is None:
        return reply
    info = reply.data["page_info"]
    meta = {"page": info["page"], "page_size": info["page_size"], "total": reply.data["total_count"]}
    return Reply(reply.data["nodes"], meta={**meta, "total_pages": info["total_pages"]})


def rest_shape(value: Any, name: str = "") -> Any:
    """Snake case keys, ids as integers."""
    if isinstance(value, dict):
        return {snake(key): rest_shape(field_value, snake(key)) for key, field_value in value.items()}
    if isinstance(value, list):
        return [rest_shape(element) for element in value]
    return int(value) if name in IDS and value is not None else value


def _failure(status: int, error: Json) -> Reply:
    codes = [detail["code"] for detail in error.get("errors", [error])]
    return Reply(None, error["code"], status, error.get("field"), codes)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
