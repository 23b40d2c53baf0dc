"""The library's own executor, for operations that ask about the schema itself: same fields, same resolvers."""

import json
from dataclasses import dataclass
from typing import Any, cast

from graphql import GraphQLError, GraphQLObjectType, GraphQLResolveInfo, OperationType, get_named_type
from graphql.execution.values import VariableValues

from db.database import Database
from resolvers.ask import Ask
from resolvers.reads import answer
from resolvers.viewer import Viewer, require_admin
from resolvers.writes import write
from schema.definition import SCHEMA
from schema.graphql.failure import Failure, problem_behind
from schema.graphql.limits import check_reads
from schema.graphql.request import GraphqlRequest
from schema.graphql.select import Selecting


@dataclass(frozen=True, slots=True)
class Context:
    """What the fields' functions leave open: who is asking, and where the data is."""

    viewer: Viewer
    database: Database

    async def answer(self, open_: Any, info: GraphQLResolveInfo[Any]) -> Any:
        """The value of a root field, with everything below it."""
        named = get_named_type(info.return_type)
        below = named if isinstance(named, GraphQLObjectType) else None
        variables = VariableValues({}, cast("dict[str, Any]", info.variable_values))
        selection = Selecting(info.fragments, variables).below(below, info.field_nodes) if below else None
        if info.operation.operation is OperationType.MUTATION:
            admin = require_admin(self.viewer)
            found = await write(self.database, admin, lambda transaction: open_(transaction, selection))
        else:
            ask: Ask = open_(self.viewer, selection)
            check_reads([ask.read])
            found = await answer(self.database, self.viewer, ask)
        return json.loads(found.json)


async def walk(request: GraphqlRequest, viewer: Viewer, database: Database) -> tuple[list[str], list[Failure]]:
    """The ``data`` of the response, and what went wrong."""
    result = await SCHEMA.execute(
        request.query, request.variables, Context(viewer, database), operation_name=request.operation_name
    )
    data = json.dumps(result.data, separators=(",", ":"), ensure_ascii=False)
    return [data], [_failure(error) for error in result.errors or ()]


def _failure(error: GraphQLError) -> Failure:
    where = tuple((each.line, each.column) for each in error.locations or ())
    path = tuple(str(key) for key in error.path or ())
    return Failure(problem_behind(error), where, path)
