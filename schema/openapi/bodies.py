"""The component schemas of whole response bodies: a record or a page of records under ``data``."""

from schema.openapi.kinds import Json, ref
from schema.rest.resource import Resource
from schema.rest.resources import RESOURCES

META: Json = {"meta": ref("schemas", "Meta")}


def bodies() -> dict[str, Json]:
    """Return the bodies of all resources by component name."""
    return {name: body for resource in RESOURCES for name, body in _bodies(resource).items()}


def _bodies(resource: Resource) -> dict[str, Json]:
    name, noun, detail = resource.name, resource.noun, resource.detail
    deleted = f"The {noun} that was {resource.deleted}."
    bodies = {
        f"{name}Response": _body(f"One {noun}.", _data(name)),
        f"{name}ListResponse": _body(f"A page of {resource.plural}.", _list(name), META),
    }
    if detail:
        description = f"One {noun}; `meta` is about the page of its {detail.relation}."
        bodies[f"{name}DetailResponse"] = _body(description, _data(detail.schema), META)
    return bodies | {f"Deleted{name}Response": _body(deleted, _data(f"Deleted{name}"))}


def _data(schema: str) -> Json:
    return {"data": ref("schemas", schema)}


def _list(schema: str) -> Json:
    items = {"type": "array", "items": ref("schemas", schema), "description": "The records of this page."}
    return {"data": items}


def _body(description: str, *parts: Json) -> Json:
    properties = {name: schema for part in parts for name, schema in part.items()}
    return {"type": "object", "description": description, "required": list(properties), "properties": properties}
