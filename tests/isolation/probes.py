"""Every way that a request can name a record: path, body, filter and slug, on both APIs."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx2

from schema.definition import SCHEMA
from tests.client import Member
from tests.isolation.belongings import Belongings, send
from tests.isolation.graphql_inputs import Leaf, document, leaves, root_fields, variables

Send = Callable[[Member, Belongings, Any], Awaitable[httpx2.Response]]
NUMBERS: tuple[object, ...] = (2**62, 999_999_999, 0, -1, 10**30)
TEXTS: tuple[object, ...] = (*NUMBERS, "abc", "\u0661", "9" * 400)
SLUGS: tuple[object, ...] = ("no-such-slug", "", "No Slug", "x" * 300)


@dataclass(frozen=True)
class Probe:
    """``send`` asks as a member, with the belongings of the own clinic, for the record of ``entity`` that is given.

    ``unknown`` are values that name no record, and must not be told from those of another clinic.
    """

    name: str
    entity: str
    unknown: tuple[object, ...]
    send: Send


PATHS = {"specialist": "/v1/specialists", "specialty": "/v1/specialties"}
BODIES = {"specialist": {"name": "Probe"}, "specialty": {"title": "Probe"}}
INCLUDE = "include=specialties,user,weekly_hours,overrides"
METHODS = {"GET": False, "HEAD": False, "PUT": True, "PATCH": True, "DELETE": False}  # with a body?
BODY_IDS = {"user_id": "user", "specialty_ids": "specialty"}
FILTER_IDS = {"user_id": "user", "specialty_id": "specialty"}


def rest_probes() -> Iterator[Probe]:
    for entity, path in PATHS.items():
        for method, has_body in METHODS.items():
            body = BODIES[entity] if has_body else None
            yield Probe(f"{method} {path}/{{id}}", entity, TEXTS, _at(method, path, body))
    yield Probe("GET with every include", "specialist", TEXTS, _at("GET", "/v1/specialists", None, INCLUDE))
    restore: Send = lambda who, _own, id_: send(who, "POST", f"/v1/specialists/{id_}/restore")  # noqa: E731
    yield Probe("POST /v1/specialists/{id}/restore", "specialist", TEXTS, restore)
    for method in ("GET", "HEAD"):
        history = f"{method} /v1/specialists/{{id}}/history"
        yield Probe(history, "specialist", TEXTS, _below(method, "history"))
    for name, entity in BODY_IDS.items():
        for method, path in (("POST", "/v1/specialists"), ("PUT", ""), ("PATCH", "")):
            yield Probe(f"{method} {name} of a specialist", entity, NUMBERS, _body(method, path, name))
    for name, entity in FILTER_IDS.items():
        yield Probe(f"GET /v1/specialists?{name}=", entity, TEXTS, _filter(name))


def _at(method: str, path: str, body: object, query: str = "page=1") -> Send:
    return lambda who, _own, id_: send(who, method, f"{path}/{id_}?{query}", body)


def _below(method: str, part: str) -> Send:
    return lambda who, _own, id_: send(who, method, f"/v1/specialists/{id_}/{part}")


def _body(method: str, path: str, name: str) -> Send:
    async def sent(who: Member, own: Belongings, id_: Any) -> httpx2.Response:
        body: dict[str, object] = {name: [own.ids["specialty"], id_] if name == "specialty_ids" else id_}
        new = {"name": "Probe", "slug": "probe"} if method == "POST" else {"title": "Probe"}
        return await send(who, method, path or f"/v1/specialists/{own.ids['specialist']}", new | body)

    return sent


def _filter(name: str) -> Send:
    return lambda who, _own, id_: send(who, "GET", f"/v1/specialists?{name}={id_}&deleted=false")


def graphql_probes() -> Iterator[Probe]:
    for kind, field in root_fields(SCHEMA.as_str()):
        for leaf in leaves(field):
            if leaf.entity is not None:
                yield Probe(f"{field.name}({leaf})", leaf.entity, SLUGS if leaf.is_slug else TEXTS, _ask(kind, leaf))


def _ask(kind: str, leaf: Leaf) -> Send:
    query = document(kind, leaf.field, leaf)

    async def sent(who: Member, own: Belongings, id_: Any) -> httpx2.Response:
        values = variables(leaf, own.ids, str(id_))
        return await send(who, "POST", "/graphql", {"query": query, "variables": values})

    return sent


PROBES = [*rest_probes(), *graphql_probes()]
