"""Ways through the document that several tests go."""

from collections.abc import Iterator
from typing import Any

from schema.openapi.document import openapi
from schema.openapi.responses import JSON

Json = dict[str, Any]
DOCUMENT = openapi()
SCHEMAS: Json = DOCUMENT["components"]["schemas"]
OPERATIONS: dict[str, tuple[str, str, Json]] = {
    operation["operationId"]: (path, method, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}


def target(reference: str) -> Any:
    node: Any = DOCUMENT
    for step in reference.removeprefix("#/").split("/"):
        node = node[step]
    return node


def followed(node: Json) -> Json:
    """``node``, or what it refers to."""
    return dict(target(node["$ref"])) if "$ref" in node else node


def nodes(node: Any = DOCUMENT) -> Iterator[Json]:
    """Every object of the document, examples included."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from nodes(child)


def schema_nodes() -> Iterator[Json]:
    """Every property of the component schemas."""
    for schema in nodes(SCHEMAS):
        if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
            yield from schema["properties"].values()


def errors_of(operation: Json) -> dict[str, tuple[int, Json]]:
    """The errors of an operation by code: status and example body."""
    return {
        code: (int(status), example["value"])
        for status, response in operation["responses"].items()
        for code, example in followed(response).get("content", {}).get(JSON, {}).get("examples", {}).items()
    }


def exchanges(operation: Json) -> Iterator[tuple[Json, Any]]:
    """Every body of an operation that has an example: its schema and the example."""
    bodies = [operation.get("requestBody", {}), *map(followed, operation["responses"].values())]
    for body in bodies:
        for content in body.get("content", {}).values():
            examples = [example["value"] for example in content.get("examples", {}).values()]
            for example in examples or [content["example"]]:
                yield content["schema"], example
