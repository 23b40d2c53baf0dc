"""Read a GraphQL request from HTTP: the body of a POST, the query string of a GET, or the hash of a persisted query."""

from dataclasses import dataclass, replace
from hashlib import sha256
from sys import getsizeof
from typing import Any

from starlette.requests import Request

from db.cache import Cache
from resolvers.errors.request import BadUserInput, InvalidBody, InvalidJson, PersistedQueryNotFound
from schema.graphql.errors import RequestFailedError
from schema.graphql.limits import MAX_OPERATIONS, MAX_VARIABLE_VALUES
from schema.http.body import decode_json, parse_json, read_json

MAX_PERSISTED = 1_000
TOO_MANY_VALUES = f"The variables of an operation may hold {MAX_VARIABLE_VALUES:,} values in all"
PERSISTED_BYTES = 300  # of a persisted document, beside its text


@dataclass(frozen=True, slots=True)
class GraphqlRequest:
    """One operation as it was sent; ``query`` is empty where only the ``sha256`` of the document came.

    With ``reports_cost`` the result is to tell its cost.
    """

    query: str
    operation_name: str | None
    variables: dict[str, Any]
    sha256: str | None = None
    reports_cost: bool = False


async def read_parameters(request: Request) -> object:
    """Return the JSON of a POST, or the parameters of a GET as such an object; raise a ``Problem`` of the request."""
    if request.method == "POST":
        return parse_json(await read_json(request))
    parameters: dict[str, Any] = dict(request.query_params)
    for name in ("variables", "extensions"):
        if name in parameters:
            try:
                parameters[name] = decode_json(parameters[name])
            except ValueError:
                raise InvalidJson("variables and extensions must be JSON") from None
    return parameters


def check_batch(operations: list[Any], *, batching: bool) -> None:
    """Raise ``InvalidBody`` where batching is off, or the batch is empty or too large."""
    if not batching:
        raise InvalidBody("Batching is off on this server: the body must be one operation, a JSON object")
    if not 1 <= len(operations) <= MAX_OPERATIONS:
        raise InvalidBody(f"A batch must hold 1 to {MAX_OPERATIONS} operations")


def parse_request(parameters: object) -> GraphqlRequest:
    """Check the parameters' types as GraphQL over HTTP has them; raise ``InvalidBody`` or ``RequestFailedError``."""
    if not isinstance(parameters, dict):
        raise InvalidBody
    extensions = parameters.get("extensions")
    if extensions is not None and not isinstance(extensions, dict):
        raise _bad_input("extensions must be an object")
    document_hash = _parse_hash(extensions.get("persistedQuery")) if extensions else None
    query = parameters.get("query")
    if query is None and document_hash is not None:
        query = ""
    elif not isinstance(query, str) or not query:
        raise _bad_input("query must be a document")
    name, variables = parameters.get("operationName"), parameters.get("variables")
    if name is not None and not isinstance(name, str):
        raise _bad_input("operationName must be a string")
    if variables is not None and not isinstance(variables, dict):
        raise _bad_input("variables must be an object")
    if variables:
        _check_values(variables)
    reports_cost = extensions is not None and extensions.get("cost") is True
    return GraphqlRequest(query, name, variables or {}, document_hash, reports_cost)


def _check_values(variables: dict[str, Any]) -> None:
    """Raise ``RequestFailedError`` where ``variables`` hold too many values to coerce each of them."""
    containers: list[Any] = [variables]
    count = 0
    for container in containers:
        count += len(container)
        if count > MAX_VARIABLE_VALUES:
            raise _bad_input(TOO_MANY_VALUES)
        values = container.values() if isinstance(container, dict) else container
        containers += [value for value in values if isinstance(value, dict | list)]


def _parse_hash(persisted: object) -> str | None:
    """Return the hash of a persisted query, if the request names one; raise ``RequestFailedError``."""
    if persisted is None:
        return None
    if not isinstance(persisted, dict):
        raise _bad_input("persistedQuery must be an object")
    if persisted.get("version") != 1:
        raise _bad_input("persistedQuery must be of version 1")
    document_hash = persisted.get("sha256Hash")
    if not isinstance(document_hash, str):
        raise _bad_input("sha256Hash must be a string")
    return document_hash


def _bad_input(sentence: str) -> RequestFailedError:
    return RequestFailedError.from_problem(BadUserInput(sentence))


class PersistedQueries:
    """Automatic persisted queries: a client sends the hash of a document, and the document only if that is unknown.

    Documents are stored by this process alone; a client that reaches another one sends its document again.
    """

    def __init__(self, weight: int = 8 << 20) -> None:
        self._texts: Cache[str, str] = Cache(MAX_PERSISTED, weight, lambda _, text: PERSISTED_BYTES + getsizeof(text))

    def resolve(self, request: GraphqlRequest) -> GraphqlRequest:
        """Return ``request`` with its document.

        Raise ``PersistedQueryNotFound`` where only the hash came and it is unknown, ``BadUserInput`` where
        both came and the hash is of another document: nobody can store a document under a foreign hash.
        """
        if request.sha256 is None:
            return request
        if not request.query:
            text = self._texts.get(request.sha256)
            if text is None:
                raise PersistedQueryNotFound
            return replace(request, query=text)
        if request.sha256 != sha256(request.query.encode(errors="surrogatepass")).hexdigest():
            raise BadUserInput("sha256Hash is not the hash of the document")
        return request

    def store(self, request: GraphqlRequest) -> None:
        """Store the document of ``request``, which is valid, if it came with its hash."""
        if request.sha256 is not None:
            self._texts.set(request.sha256, request.query)
