"""An operation as the OpenAPI document writes it."""

from graphql import parse, print_ast

from schema.openapi.kinds import Json, ref
from schema.openapi.problems import errors_of
from schema.openapi.responses import JSON, failures, not_modified, success
from schema.rest.operation import Body, Operation, Twin
from schema.rest.resource import Resource


def render_operation(resource: Resource, operation: Operation) -> Json:
    """Return the Operation Object of ``operation``."""
    parameters = [ref("parameters", name) for name in operation.parameters]
    not_changed = {"304": not_modified()} if "IfNoneMatch" in operation.parameters else {}
    return {
        "operationId": operation.id,
        "tags": [resource.tag],
        "summary": operation.summary,
        "description": operation.description,
        **({"parameters": parameters} if parameters else {}),
        **({"requestBody": _body(operation.body)} if operation.body else {}),
        "responses": {
            str(operation.success.status): success(operation.success),
            **not_changed,
            **failures(errors_of(resource, operation)),
        },
        "x-graphql": _twin(operation.twin),
    }


def _body(body: Body) -> Json:
    return {"required": True, "content": {JSON: {"schema": ref("schemas", body.schema), "example": body.example}}}


def _twin(twin: Twin) -> Json:
    """Return the extension ``x-graphql``: the REST URL, and what is posted to ``/graphql`` instead."""
    return {"request": twin.request, "query": print_ast(parse(twin.document)), "variables": twin.variables}
