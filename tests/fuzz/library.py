"""The library's own executor on the schema of the server: the same fields, the same resolvers, root by root."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import strawberry
from graphql import GraphQLError, GraphQLObjectType, GraphQLResolveInfo, OperationType, get_named_type
from graphql.execution.values import VariableValues
from strawberry.extensions import SchemaExtension

from db.database import Database
from resolvers.reads import ReadRequest, run_read
from resolvers.viewer import Viewer, require_admin
from resolvers.writes import write
from schema.graphql.cost import CostCounter
from schema.graphql.errors import LocatedProblem, problem_behind
from schema.graphql.request import GraphqlRequest
from schema.graphql.selection_builder import SelectionBuilder
from schema.mutation import Mutation
from schema.query import Query
from schema.types.scalars import CONFIG


class AnsweredByContext(SchemaExtension):
    """A root field's function returns a question or a command; ``info.context.answer`` settles it."""

    def resolve(
        self, _next: Callable[..., Any], root: Any, info: GraphQLResolveInfo[Any], *args: str, **kwargs: Any
    ) -> Any:
        if isinstance(root, dict):
            return root[info.path.key]
        value = _next(root, info, *args, **kwargs)
        return info.context.answer(value, info) if root is None and info.field_name[:2] != "__" else value


WALKED = strawberry.Schema(query=Query, mutation=Mutation, config=CONFIG, extensions=[AnsweredByContext])


@dataclass(frozen=True, slots=True)
class Context:
    """What the fields' functions leave open: who is asking, and where the data is."""

    viewer: Viewer
    database: Database

    async def answer(self, open_: Any, info: GraphQLResolveInfo[Any]) -> Any:
        """The value of a root field, with everything below it."""
        named_type = get_named_type(info.return_type)
        object_type = named_type if isinstance(named_type, GraphQLObjectType) else None
        variables = VariableValues({}, cast("dict[str, Any]", info.variable_values))
        selection = (
            SelectionBuilder(info.fragments, variables, CostCounter()).build(object_type, info.field_nodes)
            if object_type
            else None
        )
        if info.operation.operation is OperationType.MUTATION:
            admin = require_admin(self.viewer)
            record = await write(self.database, admin, lambda transaction: open_(transaction, selection))
        else:
            ask: ReadRequest = open_(self.viewer, selection)
            record = await run_read(self.database, self.viewer, ask)
        return json.loads(record.json)


async def walk(request: GraphqlRequest, viewer: Viewer, database: Database) -> tuple[list[str], list[LocatedProblem]]:
    """The ``data`` of the response, and what went wrong."""
    result = await WALKED.execute(
        request.query, request.variables, Context(viewer, database), operation_name=request.operation_name
    )
    data = json.dumps(result.data, separators=(",", ":"), ensure_ascii=False)
    return [data], [_failure(error) for error in result.errors or ()]


def _failure(error: GraphQLError) -> LocatedProblem:
    where = tuple((location.line, location.column) for location in error.locations or ())
    path = tuple(str(key) for key in error.path or ())
    return LocatedProblem(problem_behind(error), where, path)
