"""One operation of the document: what it is called, takes and answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from schema.openapi.kinds import Json, ref
from schema.openapi.problems import Problems
from schema.openapi.responses import JSON, failures


@dataclass(frozen=True, slots=True)
class Body:
    """What is sent: the component name of its schema, and an example."""

    schema: str
    example: Json


@dataclass(frozen=True, slots=True)
class Operation:
    id: str
    summary: str
    description: str
    answers: Mapping[str, Json]
    problems: Problems
    parameters: tuple[str, ...] = ()
    body: Body | None = None

    def rendered(self, tag: str) -> Json:
        return {
            "operationId": self.id,
            "tags": [tag],
            "summary": self.summary,
            "description": self.description,
            **({"parameters": [ref("parameters", name) for name in self.parameters]} if self.parameters else {}),
            **({"requestBody": _body(self.body)} if self.body else {}),
            "responses": {**self.answers, **failures(self.problems)},
        }


def _body(body: Body) -> Json:
    return {"required": True, "content": {JSON: {"schema": ref("schemas", body.schema), "example": body.example}}}


def one(schema: str) -> Json:
    """The schema of a record under ``data``."""
    return {"type": "object", "required": ["data"], "properties": {"data": ref("schemas", schema)}}


def many(schema: str) -> Json:
    """The schema of a page of records."""
    data = {"type": "array", "items": ref("schemas", schema)}
    return paged({"data": data})


def paged(properties: Json) -> Json:
    """The schema of an answer that holds a page, and ``meta`` about it."""
    every = {**properties, "meta": ref("schemas", "Meta")}
    return {"type": "object", "required": list(every), "properties": every}
