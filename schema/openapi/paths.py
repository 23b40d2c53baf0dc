"""Every path of ``/v1`` with its operations, and the tags that group them, in the order of the resources."""

from schema.openapi.kinds import Json, description
from schema.openapi.operation import render_operation
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
