"""A GraphQL request out of HTTP: from the body of a POST or the address of a GET."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from resolvers.errors.request import BadUserInput, InvalidBody, InvalidJson
from schema.graphql.failure import Failure, RequestFailed
from schema.graphql.limits import MAX_OPERATIONS
from schema.http.body import DECODER, parse_json, read_json


@dataclass(frozen=True, slots=True)
class GraphqlRequest:
    """One operation as it was sent; ``query`` is empty where only ``sha256`` tells the document."""

    query: str
    operation_name: str | None
    variables: dict[str, Any]
    sha256: str | None = None


async def read_parameters(request: Request) -> object:
    """The JSON that a POST brings, or the parameters of a GET as such an object; raises a problem of either."""
    if request.method == "POST":
        return parse_json(await read_json(request))
    found: dict[str, Any] = dict(request.query_params)
    for name in ("variables", "extensions"):
        if name in found:
            found[name] = _json(found[name])
    return found


def check_batch(operations: list[Any], *, batching: bool) -> None:
    """Raise ``InvalidBody`` unless that many operations may come in one request."""
    if not batching:
        raise InvalidBody("Batching is off on this server: the body must be one operation, a JSON object")
    if not 1 <= len(operations) <= MAX_OPERATIONS:
        raise InvalidBody(f"A batch must hold 1 to {MAX_OPERATIONS} operations")


def parse(parameters: object) -> GraphqlRequest:
    """The parameters by their types, as GraphQL over HTTP has them; raises ``InvalidBody`` or ``RequestFailed``."""
    if not isinstance(parameters, dict):
        raise InvalidBody
    query, name = parameters.get("query"), parameters.get("operationName")
    variables, extensions = parameters.get("variables"), parameters.get("extensions")
    _check(extensions is None or isinstance(extensions, dict), "extensions must be an object")
    sha256 = _sha256(extensions.get("persistedQuery")) if extensions else None
    if query is None and sha256 is not None:
        query = ""
    else:
        _check(isinstance(query, str) and query != "", "query must be a document")
    _check(name is None or isinstance(name, str), "operationName must be a string")
    _check(variables is None or isinstance(variables, dict), "variables must be an object")
    return GraphqlRequest(str(query), name, variables or {}, sha256)


def _sha256(persisted: object) -> str | None:
    """The hash under which a client wants its document to be kept, or has it kept already."""
    if persisted is None:
        return None
    _check(isinstance(persisted, dict), "persistedQuery must be an object")
    assert isinstance(persisted, dict)
    _check(persisted.get("version") == 1, "persistedQuery must be of version 1")
    sha256 = persisted.get("sha256Hash")
    _check(isinstance(sha256, str), "sha256Hash must be a string")
    return str(sha256)


def _json(text: str) -> object:
    try:
        return DECODER.decode(text)
    except (ValueError, RecursionError):
        raise InvalidJson("variables and extensions must be JSON") from None


def _check(holds: bool, otherwise: str) -> None:
    if not holds:
        raise RequestFailed([Failure(BadUserInput(otherwise))])
