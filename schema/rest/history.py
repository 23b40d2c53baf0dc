"""The history of a record in REST: a page of the changes that the audit log has of it, for admins."""

import json

from starlette.requests import Request
from starlette.responses import Response

from db.selection import Relation
from resolvers.errors.request import Forbidden
from resolvers.lists import ListDefinition, ListRequest
from resolvers.reads import run_read
from resolvers.weights import make_selection
from resolvers.windows import WindowRequest
from schema.rest.handler import JSON, Get, RestHandler, id_of
from schema.rest.operation import Json, Operation, Success, Twin, graphql_fields
from schema.rest.page_request import PageRequest
from schema.rest.resource import META, Resource
from schema.rest.selections import page_selection, record_keys
from schema.types.change import Change, FieldChange
from schema.types.user import User

RELATIONS = (("fields", record_keys(FieldChange)), ("actor", record_keys(User)))
PAGE = page_selection(record_keys(Change), RELATIONS)
EXAMPLE: Json = {
    "id": 412,
    "at": "2025-01-15T10:30:00Z",
    "action": "update",
    "table_name": "specialists",
    "record_id": 8,
    "actor_id": "user_2pXq8ZsN4bVt1KcE7hYw3mRjU9d",
    "session_id": "sess_2pXqA1fGh6LkT8vBn5WcZ0yDs3e",
    "request_id": "0f8b2c6e4d1a4b7c9e3f5a6b7c8d9e0f",
    "fields": [{"name": "title", "old": "Cardiologist", "new": "Senior Cardiologist"}],
    "actor": {"id": 3, "email": "ada.moreau@example.com", "username": "ada.moreau", "role": "admin"},
}


def history_operation(resource: Resource) -> Operation:
    """Return the operation that reads the history of a record of ``resource``."""
    entity, example_id = resource.singular, resource.examples.record["id"]
    nodes = graphql_fields(record_keys(Change), dict(RELATIONS))
    document = (
        f"query Get{resource.name}History($id: ID!, $first: Int) {{ {entity}(id: $id)"
        f" {{ history(first: $first) {{ nodes {{ {nodes} }} totalCount }} }} }}"
    )
    return Operation(
        "GET",
        f"{resource.record_path}/history",
        id=f"get{resource.name}History",
        summary=f"Get the history of {resource.singular_with_article}",
        description=f"Admins only. What was changed of the {entity} and what belongs to it, and by whom; newest first.",
        parameters=("Id", "Page", "PageSize"),
        success=Success(200, "A page of changes.", "HistoryResponse", {"data": [EXAMPLE], "meta": META}, ("Link",)),
        twin=Twin(f"{resource.example_path}/history?page_size=25", document, {"id": example_id, "first": 25}),
        raises=(Forbidden,),
    )


async def respond_with_history(rest: RestHandler, request: Request, get: Get, list_: ListDefinition) -> Response:
    """Respond with a page of the changes of the record that ``get`` finds, and with links to the other pages."""
    admin = await rest.admin(request)
    parameters = request.query_params
    query = list_.query(ListRequest(WindowRequest(parameters.get("page"), parameters.get("page_size"))))
    read_request = get(id_of(request), make_selection([Relation("history", "history", PAGE, query)]))
    page_request = PageRequest.parse(read_request, query, request.scope["path"], parameters)
    record = json.loads((await run_read(rest.database, admin, read_request)).json)
    history = record["history"]
    body = json.dumps(history, separators=(",", ":"), ensure_ascii=False)
    return Response(body, headers={"link": page_request.link(history["meta"]["total"])}, media_type=JSON)
