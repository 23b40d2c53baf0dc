"""Every path of ``/v1`` with its operations, and the tags that group them, in the order of the resources."""

from graphql import parse, print_ast

from schema.openapi.kinds import description, ref
from schema.openapi.problems import errors_of
from schema.openapi.responses import content, failures, not_modified, success
from schema.rest.operation import Json, Operation, Twin
from schema.rest.resource import Resource
from schema.rest.resources import RESOURCES


def tags() -> list[Json]:
    """Return a tag for each resource."""
    return [{"name": resource.tag, "description": description(resource.graphql_type)} for resource in RESOURCES]


def paths() -> dict[str, Json]:
    """Return the operations of all resources, by path and method."""
    return {
        path: {method.lower(): render_operation(resource, operation) for method, operation in operations.items()}
        for resource in RESOURCES
        for path, operations in resource.paths()
    }


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
        **({"requestBody": {"required": True, "content": content(operation.body)}} if operation.body else {}),
        "responses": {
            str(operation.success.status): success(operation.success),
            **not_changed,
            **failures(errors_of(resource, operation)),
        },
        "x-graphql": _twin(operation.twin),
    }


def _twin(twin: Twin) -> Json:
    """Return the extension ``x-graphql``: the REST URL, and what is posted to ``/graphql`` instead."""
    return {"request": twin.request, "query": print_ast(parse(twin.document)), "variables": twin.variables}
