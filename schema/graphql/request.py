"""A GraphQL request out of HTTP: from the body of a POST or the address of a GET."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from resolvers.errors.request import BadUserInput, InvalidJson
from schema.graphql.failure import Failure, RequestFailed
from schema.web.body import DECODER, parse_object, read_json


@dataclass(frozen=True, slots=True)
class GraphqlRequest:
    query: str
    operation_name: str | None
    variables: dict[str, Any]


async def read_request(request: Request) -> GraphqlRequest:
    """Raises a problem of the body, or ``RequestFailed`` for parameters of the wrong type."""
    if request.method == "POST":
        return parse(parse_object(await read_json(request)))
    found: dict[str, Any] = dict(request.query_params)
    for name in ("variables", "extensions"):
        if name in found:
            found[name] = _json(found[name])
    return parse(found)


def parse(parameters: dict[str, Any]) -> GraphqlRequest:
    """The parameters by their types, as GraphQL over HTTP has them."""
    query, name = parameters.get("query"), parameters.get("operationName")
    variables, extensions = parameters.get("variables"), parameters.get("extensions")
    _check(isinstance(query, str) and query != "", "query must be a document")
    _check(name is None or isinstance(name, str), "operationName must be a string")
    _check(variables is None or isinstance(variables, dict), "variables must be an object")
    _check(extensions is None or isinstance(extensions, dict), "extensions must be an object")
    return GraphqlRequest(str(query), name, variables or {})


def _json(text: str) -> object:
    try:
        return DECODER.decode(text)
    except (ValueError, RecursionError):
        raise InvalidJson("variables and extensions must be JSON") from None


def _check(holds: bool, otherwise: str) -> None:
    if not holds:
        raise RequestFailed([Failure(BadUserInput(otherwise))])
