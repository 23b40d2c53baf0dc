"""One operation of the document: what it is called, takes and answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from schema.openapi.kinds import Json, ref
from schema.openapi.problems import Problems
from schema.openapi.responses import JSON, failures
from schema.openapi.twin import Twin


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
    twin: Twin
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
            "x-graphql": self.twin.rendered(),
        }


def _body(body: Body) -> Json:
    return {"required": True, "content": {JSON: {"schema": ref("schemas", body.schema), "example": body.example}}}
