"""A REST resource: its records, and decorators that declare its operations beside their handlers."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeAlias

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from strawberry.utils.str_converters import capitalize_first, to_camel_case

from db.query import Sort
from db.selection import Selection
from resolvers.errors.problem import Problem
from resolvers.lists import ListDefinition, ListRequest
from schema.rest.handler import RestHandler
from schema.rest.operation import Body, Examples, Json, Operation, Success, Twin, graphql_fields, graphql_page
from schema.rest.parameters import list_request, list_values, parse_include
from schema.rest.selections import Detail, Include, Relations, page_selection, record_keys, record_selection
from schema.types.sorts import sort_name

OperationHandler: TypeAlias = Callable[[RestHandler, Request], Awaitable[Response]]
Decorator: TypeAlias = Callable[[OperationHandler], OperationHandler]
META: Json = {"page": 1, "page_size": 25, "total": 1, "total_pages": 1}


@dataclass(frozen=True, eq=False)
class Resource:
    """Records under one path: what operations, schemas and the catalogue of errors are made from.

    ``draft`` declares the fields of an input, ``not_found`` makes the error for a record that is not
    there. REST shows the stored fields of ``graphql_type``, and on request those of ``includes``.
    ``handlers`` has the handler of each operation by the operation's id.
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
    operations: list[Operation] = field(default_factory=list, init=False)
    handlers: dict[str, OperationHandler] = field(default_factory=dict, init=False)

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The fields of a record, in the order of the contract."""
        return record_keys(self.graphql_type)

    @property
    def name(self) -> str:
        """The name of the GraphQL type, such as ``Specialist``."""
        return self.graphql_type.__name__

    @property
    def singular(self) -> str:
        """The name of one record within a sentence, such as ``specialist``."""
        return self.list_of.entity.replace("_", " ")

    @property
    def singular_with_article(self) -> str:
        return f"{'an' if self.singular[0] in 'aeiou' else 'a'} {self.singular}"

    @property
    def deletion(self) -> str:
        """The word that describes a deleted record, which may stay in the database."""
        return "soft-deleted" if "deleted_at" in self.fields else "removed"

    @property
    def tag(self) -> str:
        """The title under which the document groups the operations."""
        return self.plural.capitalize()

    @property
    def path(self) -> str:
        return f"/v1/{self.plural}"

    @property
    def record_path(self) -> str:
        return f"{self.path}/{{id}}"

    @property
    def example_path(self) -> str:
        return f"{self.path}/{self.examples.record['id']}"

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
        return tuple((name, self.includes[name].fields) for name in parse_include(self.includes, names))

    def operation(self, *operations: Operation) -> Decorator:
        """Declare that the decorated handler answers each of ``operations``."""

        def register(handler: OperationHandler) -> OperationHandler:
            self.operations.extend(operations)
            self.handlers.update((operation.id, handler) for operation in operations)
            return handler

        return register

    def list(self, description: str, *, include: tuple[str, ...] = ()) -> Decorator:
        """Declare the list; its example shows ``include``."""
        field, sort = to_camel_case(self.plural), self.list_of.default_sort
        query = f"page=1&page_size=25&sort={','.join(map(sort_key, sort))}"
        record = self.examples.record | {name: self.examples.related[name] for name in include}
        body, filters = {"data": [record], "meta": META}, map(self.filter_parameter, self.list_of.filters)
        operation = Operation(
            "GET",
            self.path,
            f"list{capitalize_first(field)}",
            f"List {self.plural}",
            description,
            Success(200, f"A page of {self.plural}.", f"{self.name}ListResponse", body, ("Link",)),
            Twin.of_field(
                f"{self.path}?{query}" + (f"&include={','.join(include)}" if include else ""),
                f"query List{capitalize_first(field)}",
                field,
                graphql_page(self._graphql_fields(*include)),
                page=("Int", 1),
                pageSize=("Int", 25),
                sort=(f"[{self.name}Sort!]", [sort_name(key) for key in sort]),
            ),
            ("Page", "PageSize", f"{self.name}Sort", *filters, *self.include_parameter()),
        )
        return self.operation(operation)

    def create(self) -> Decorator:
        """Declare the creation of a record."""
        description = "Admins only. Text is trimmed; fields that are read-only or unknown are ignored."
        operation = Operation(
            "POST",
            self.path,
            f"create{self.name}",
            f"Create {self.singular_with_article}",
            description,
            self.record_success(f"The new {self.singular}.", self.examples.created, "Location", status=201),
            self._mutation("create", input=self.examples.create),
            (*self.include_parameter(), "IdempotencyKey"),
            Body(f"Create{self.name}Input", self.examples.create),
        )
        return self.operation(operation)

    def get(self, description: str) -> Decorator:
        """Declare the reading of one record; its example shows all that can be included."""
        query = f"?include={','.join(self.includes)}" if self.includes else ""
        including = ", here with all that can be included" if self.includes else ""
        operation = Operation(
            "GET",
            self.record_path,
            f"get{self.name}",
            f"Get {self.singular_with_article}",
            description,
            self.record_success(f"The {self.singular}{including}.", self.examples.record | self.examples.related),
            Twin.of_field(
                self.example_path + query,
                f"query Get{self.name}",
                to_camel_case(self.list_of.entity),
                self._graphql_fields(*self.includes),
                id=("ID!", self.examples.record["id"]),
            ),
            ("Id", *self.include_parameter(), "IfNoneMatch"),
        )
        return self.operation(operation)

    def update(self, description: str, *, raises: tuple[type[Problem], ...] = ()) -> Decorator:
        """Declare the change of a record, by PUT and by PATCH, which do the same."""
        put = Operation(
            "PUT",
            self.record_path,
            f"update{self.name}",
            f"Update {self.singular_with_article}",
            description,
            self.record_success(f"The {self.singular} as it is now.", self.examples.updated),
            self._mutation("update", id=self.examples.record["id"], input=self.examples.update),
            ("Id", *self.include_parameter(), "IfMatch"),
            Body(f"Update{self.name}Input", self.examples.update),
            raises,
        )
        description = "The same as PUT: both merge."
        summary = f"{put.summary}, by PATCH"
        patch = replace(put, method="PATCH", id=f"patch{self.name}", summary=summary, description=description)
        return self.operation(put, patch)

    def delete(
        self, description: str, success: str, *, graphql_fields: str = "", raises: tuple[type[Problem], ...] = ()
    ) -> Decorator:
        """Declare the deletion of a record; ``success`` describes the response, ``graphql_fields`` is what is left."""
        operation = Operation(
            "DELETE",
            self.record_path,
            f"delete{self.name}",
            f"Delete {self.singular_with_article}",
            description,
            Success(200, success, f"Deleted{self.name}Response", {"data": self.examples.deleted}),
            self._mutation("delete", graphql_fields, id=self.examples.record["id"]),
            ("Id", "IfMatch"),
            raises=raises,
        )
        return self.operation(operation)

    def _mutation(self, verb: str, selection: str | None = None, **variables: Any) -> Twin:
        """Return the GraphQL twin of a write; ``variables`` are its ``id``, its ``input`` in REST's names, or both."""
        operation = f"{verb.capitalize()}{self.name}"
        arguments: dict[str, tuple[str, object]] = {}
        if "id" in variables:
            arguments["id"] = "ID!", variables["id"]
        if "input" in variables:
            values = {to_camel_case(name): value for name, value in variables["input"].items()}
            arguments["input"] = f"{operation}Input!", values
        fields = self._graphql_fields() if selection is None else selection
        address = self.example_path if "id" in variables else self.path
        return Twin.of_field(address, f"mutation {operation}", f"{verb}{self.name}", fields, **arguments)

    def _graphql_fields(self, *includes: str) -> str:
        return graphql_fields(self.fields, {name: self.includes[name].fields for name in includes})

    def record_success(self, description: str, example: Json, *headers: str, status: int = 200) -> Success:
        """Return the description of a response with one record."""
        return Success(status, description, f"{self.name}Response", {"data": example}, ("ETag", *headers))

    def filter_parameter(self, name: str) -> str:
        """Return the component name of the query parameter for the filter ``name``."""
        return self.name + capitalize_first(to_camel_case(name))

    def include_parameter(self) -> tuple[str, ...]:
        """Return the component name of the parameter ``include``, if there is anything to include."""
        return (self.include_component,) if self.includes else ()


def sort_key(sort: Sort) -> str:
    """Return the key as the parameter ``sort`` takes it, such as ``-created_at``."""
    return f"-{sort.column}" if sort.descending else sort.column
