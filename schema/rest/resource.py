"""A REST resource: its records, and decorators that declare its operations beside their handlers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from starlette.datastructures import QueryParams
from starlette.requests import Request
from strawberry.utils.str_converters import capitalize_first, to_camel_case

from db.query import Sort
from db.selection import Selection
from resolvers.errors.problem import Problem
from resolvers.lists import ListDefinition, ListRequest
from schema.rest.operation import (
    Body,
    Examples,
    Json,
    Operation,
    OperationHandler,
    Success,
    Twin,
    graphql_fields,
    graphql_input,
    graphql_page,
)
from schema.rest.parameters import included, list_request, list_values
from schema.rest.selections import Detail, Include, Relations, page_selection, record_keys, record_selection
from schema.types.sorts import sort_name

Decorator: TypeAlias = Callable[[OperationHandler], OperationHandler]
META: Json = {"page": 1, "page_size": 25, "total": 1, "total_pages": 1}
CREATES = "Admins only. Text is trimmed; fields that are read-only or unknown are ignored."


@dataclass(frozen=True, eq=False)
class Resource:
    """Records under one path: what operations, schemas and the catalogue of errors are made from.

    ``draft`` declares the fields of an input, ``not_found`` makes the error for a record that is not
    there. REST shows the stored fields of ``graphql_type``, and on request those of ``includes``.
    """

    plural: str
    graphql_type: type[Any]
    create_input: type[Any]
    update_input: type[Any]
    filter_type: type[Any]
    list_of: ListDefinition
    draft: type[Mapping[str, object]]
    not_found: Callable[[], Problem]
    examples: Examples
    includes: Mapping[str, Include] = field(default_factory=dict)
    include_component: str = "Include"
    detail: Detail | None = None
    _operations: dict[tuple[str, str], Operation] = field(default_factory=dict, init=False)

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The fields of a record, in the order of the contract."""
        return record_keys(self.graphql_type)

    @property
    def name(self) -> str:
        """The name of the GraphQL type, such as ``Specialist``."""
        return self.graphql_type.__name__

    @property
    def noun(self) -> str:
        """What a sentence calls one record."""
        return self.list_of.entity.replace("_", " ")

    @property
    def one(self) -> str:
        """The noun with its article."""
        return f"{'an' if self.noun[0] in 'aeiou' else 'a'} {self.noun}"

    @property
    def deleted(self) -> str:
        """What has happened to a record that was deleted: it may stay."""
        return "soft-deleted" if "deleted_at" in self.fields else "removed"

    @property
    def tag(self) -> str:
        """The title under which the document groups the operations."""
        return self.plural.capitalize()

    @property
    def path(self) -> str:
        return f"/v1/{self.plural}"

    @property
    def operations(self) -> tuple[Operation, ...]:
        return tuple(self._operations.values())

    def paths(self) -> Iterator[tuple[str, dict[str, Operation]]]:
        """Yield each path with its operations by method, in the order of their declaration."""
        for path in dict.fromkeys(operation.path for operation in self.operations):
            yield path, {operation.method: operation for operation in self.operations if operation.path == path}

    def select(self, request: Request) -> Selection:
        """Return the selection of a record with what ``include`` adds; raise ``InvalidInclude``."""
        return record_selection(self.fields, self._relations(request.query_params))

    def parse_list(self, parameters: QueryParams) -> tuple[ListRequest, Selection]:
        """Return the list that a query requests, and the selection of a page; raise ``InvalidInclude`` or more."""
        selection = page_selection(self.fields, self._relations(parameters))
        return list_request(self.list_of, parameters), selection

    def _relations(self, parameters: QueryParams) -> Relations:
        """Return the relations that ``include`` names; a resource without relations ignores the parameter."""
        if not self.includes or not (names := list_values(parameters, "include")):
            return ()
        return tuple((name, self.includes[name].fields) for name in included(self.includes, names))

    def operation(
        self,
        method: str,
        path: str,
        *,
        id: str,  # noqa: A002 - as OpenAPI calls it
        summary: str,
        description: str,
        success: Success,
        twin: Twin,
        parameters: tuple[str, ...] = (),
        body: Body | None = None,
        raises: tuple[type[Problem], ...] = (),
    ) -> Decorator:
        """Declare that the decorated handler answers ``method`` at ``path``."""

        def register(handler: OperationHandler) -> OperationHandler:
            self._operations[path, method] = Operation(
                method, path, handler, id, summary, description, success, twin, parameters, body, raises
            )
            return handler

        return register

    def list(self, description: str, *, include: tuple[str, ...] = ()) -> Decorator:
        """Declare the list; its example shows ``include``."""
        plural, sort = to_camel_case(self.plural), self.list_of.default_sort
        query = f"page=1&page_size=25&sort={','.join(map(sort_key, sort))}"
        related = {name: self.includes[name].fields for name in include}
        record = self.examples.record | {name: self.examples.related[name] for name in include}
        return self.operation(
            "GET",
            self.path,
            id=f"list{capitalize_first(plural)}",
            summary=f"List {self.plural}",
            description=description,
            parameters=(*self.list_parameters(), *self.include_parameter()),
            success=Success(
                200,
                f"A page of {self.plural}.",
                f"{self.name}ListResponse",
                {"data": [record], "meta": META},
                ("Link",),
            ),
            twin=Twin(
                f"{self.path}?{query}" + (f"&include={','.join(include)}" if include else ""),
                f"query List{capitalize_first(plural)}($page: Int, $pageSize: Int, $sort: [{self.name}Sort!])"
                f" {{ {plural}(page: $page, pageSize: $pageSize, sort: $sort)"
                f" {{ {graphql_page(graphql_fields(self.fields, related))} }} }}",
                {"page": 1, "pageSize": 25, "sort": [sort_name(key) for key in sort]},
            ),
        )

    def create(self, description: str = CREATES) -> Decorator:
        """Declare the creation of a record."""
        return self.operation(
            "POST",
            self.path,
            id=f"create{self.name}",
            summary=f"Create {self.one}",
            description=description,
            parameters=(*self.include_parameter(), "IdempotencyKey"),
            body=Body(f"Create{self.name}Input", self.examples.create),
            success=self.record_success(f"The new {self.noun}.", self.examples.created, "Location", status=201),
            twin=Twin(
                self.path,
                f"mutation Create{self.name}($input: Create{self.name}Input!)"
                f" {{ create{self.name}(input: $input) {{ {graphql_fields(self.fields)} }} }}",
                {"input": graphql_input(self.examples.create)},
            ),
        )

    def get(self, description: str) -> Decorator:
        """Declare the reading of one record; its example shows all that can be included."""
        query = f"?include={','.join(self.includes)}" if self.includes else ""
        including = ", here with all that can be included" if self.includes else ""
        related = {name: relation.fields for name, relation in self.includes.items()}
        fields, field = graphql_fields(self.fields, related), to_camel_case(self.list_of.entity)
        return self.operation(
            "GET",
            f"{self.path}/{{id}}",
            id=f"get{self.name}",
            summary=f"Get {self.one}",
            description=description,
            parameters=("Id", *self.include_parameter(), "IfNoneMatch"),
            success=self.record_success(f"The {self.noun}{including}.", self.examples.record | self.examples.related),
            twin=Twin(
                self._example_path + query,
                f"query Get{self.name}($id: ID!) {{ {field}(id: $id) {{ {fields} }} }}",
                {"id": self.examples.record["id"]},
            ),
        )

    def update(self, description: str, *, raises: tuple[type[Problem], ...] = ()) -> Decorator:
        """Declare the change of a record, by PUT and by PATCH, which do the same."""
        put = self._update("PUT", f"update{self.name}", f"Update {self.one}", description, raises)
        same = "The same as PUT: both merge."
        patch = self._update("PATCH", f"patch{self.name}", f"Update {self.one}, by PATCH", same, raises)
        return lambda handler: patch(put(handler))

    def _update(
        self, method: str, id_: str, summary: str, description: str, raises: tuple[type[Problem], ...]
    ) -> Decorator:
        return self.operation(
            method,
            f"{self.path}/{{id}}",
            id=id_,
            summary=summary,
            description=description,
            parameters=("Id", *self.include_parameter(), "IfMatch"),
            body=Body(f"Update{self.name}Input", self.examples.update),
            success=self.record_success(f"The {self.noun} as it is now.", self.examples.updated),
            twin=Twin(
                self._example_path,
                f"mutation Update{self.name}($id: ID!, $input: Update{self.name}Input!)"
                f" {{ update{self.name}(id: $id, input: $input) {{ {graphql_fields(self.fields)} }} }}",
                {"id": self.examples.record["id"], "input": graphql_input(self.examples.update)},
            ),
            raises=raises,
        )

    def delete(
        self, description: str, success: str, *, graphql_fields: str = "", raises: tuple[type[Problem], ...] = ()
    ) -> Decorator:
        """Declare the deletion of a record; ``success`` describes the response, ``graphql_fields`` is what is left."""
        selection = f" {{ {graphql_fields} }}" if graphql_fields else ""
        return self.operation(
            "DELETE",
            f"{self.path}/{{id}}",
            id=f"delete{self.name}",
            summary=f"Delete {self.one}",
            description=description,
            parameters=("Id", "IfMatch"),
            success=Success(200, success, f"Deleted{self.name}Response", {"data": self.examples.deleted}),
            twin=Twin(
                self._example_path,
                f"mutation Delete{self.name}($id: ID!) {{ delete{self.name}(id: $id){selection} }}",
                {"id": self.examples.record["id"]},
            ),
            raises=raises,
        )

    def record_success(self, description: str, example: Json, *headers: str, status: int = 200) -> Success:
        """Return the description of a response with one record."""
        return Success(status, description, f"{self.name}Response", {"data": example}, ("ETag", *headers))

    def list_parameters(self) -> tuple[str, ...]:
        """Return the component names of the query parameters of the list."""
        return ("Page", "PageSize", f"{self.name}Sort", *map(self.filter_parameter, self.list_of.filters))

    def filter_parameter(self, name: str) -> str:
        """Return the component name of the query parameter for the filter ``name``."""
        return self.name + capitalize_first(to_camel_case(name))

    def include_parameter(self) -> tuple[str, ...]:
        """Return the component name of the parameter ``include``, if there is anything to include."""
        return (self.include_component,) if self.includes else ()

    @property
    def _example_path(self) -> str:
        return f"{self.path}/{self.examples.record['id']}"


def sort_key(sort: Sort) -> str:
    """Return the key as the parameter ``sort`` takes it, such as ``-created_at``."""
    return f"-{sort.column}" if sort.descending else sort.column
