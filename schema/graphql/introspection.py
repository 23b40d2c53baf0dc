"""Answer introspection: its size is counted first, then the library runs it once, then it comes from a cache.

Introspection asks about elements of the schema, which are all in memory. So its size is counted without
running it: each field of the document is followed from all elements that reach it at once, and an
element that is reached many times over is looked at once and counted as often.
"""

import json
from asyncio import Lock
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from types import SimpleNamespace
from typing import Any, TypeAlias

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLObjectType,
    OperationDefinitionNode,
    SelectionSetNode,
    execute_sync,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
)
from graphql.execution.values import VariableValues, get_argument_values
from graphql.type.introspection import SchemaMetaFieldDef, TypeMetaFieldDef
from starlette.concurrency import run_in_threadpool

from db.cache import Cache
from resolvers.errors.request import BadUserInput
from schema.definition import GRAPHQL_SCHEMA
from schema.graphql.cost import CostCounter
from schema.graphql.errors import LocatedProblem, RequestFailedError
from schema.graphql.fields import Fragments, collect_fields, subselections
from schema.graphql.limits import MAX_ERRORS
from schema.graphql.plan import Plan
from schema.graphql.request import GraphqlRequest

MAX_RESULTS = 100  # in the cache
RESULT_BYTES = 1_000  # of a result beside its JSON
MAX_SHORT_KEY = 64  # characters; a longer response key counts as several values, for each value repeats it
Elements: TypeAlias = dict[int, tuple[Any, int]]  # by identity: an element of the schema, and how often it is reached
RESOLVE_INFO: Any = SimpleNamespace(schema=GRAPHQL_SCHEMA)  # all that the library's introspection resolvers read
META_FIELDS: Mapping[str, GraphQLField] = {"__schema": SchemaMetaFieldDef, "__type": TypeMetaFieldDef}
WHOLE_SCHEMA: Elements = {id(GRAPHQL_SCHEMA): (GRAPHQL_SCHEMA, 1)}


@dataclass(frozen=True, slots=True)
class IntrospectionResult:
    """The JSON by response key, which is empty where null has propagated up to ``data``.

    ``values`` is what counts towards the limits of a request.
    """

    json: dict[str, str]
    errors: tuple[LocatedProblem, ...]
    values: int

    @property
    def size(self) -> int:
        return RESULT_BYTES + sum(len(key) + len(text) for key, text in self.json.items())


class Introspection:
    """A cache of introspection results by request: the schema of a running server does not change."""

    def __init__(self, weight: int = 8 << 20) -> None:
        self._results: Cache[bytes, IntrospectionResult] = Cache(MAX_RESULTS, weight, lambda _, result: result.size)
        self._lock = Lock()

    async def run(
        self, plan: Plan, variables: VariableValues, request: GraphqlRequest, cost: CostCounter
    ) -> IntrospectionResult:
        """Return the result of the introspection fields of ``plan``, and add its values to ``cost``.

        Raise ``RequestFailedError``, before any of it runs, where that is too much. It runs
        in a thread, for the event loop must not wait, and one at a time, for the threads would share one core.
        """
        key = _cache_key(request, variables)
        result = self._results.get(key) or await self._run_once(key, plan, variables, request, cost)
        cost.add(introspection=result.values)
        return result

    async def _run_once(
        self, key: bytes, plan: Plan, variables: VariableValues, request: GraphqlRequest, cost: CostCounter
    ) -> IntrospectionResult:
        async with self._lock:
            result = self._results.get(key)  # the request that held the lock before may have been the same
            if result is None:
                values = await run_in_threadpool(_count_values, plan, variables)
                cost.check(introspection=values)
                result = await run_in_threadpool(_execute, plan, request.variables, values)
                if not result.errors:
                    self._results.set(key, result)
            return result


def _cache_key(request: GraphqlRequest, variables: VariableValues) -> bytes:
    """Return a hash of the document, operation and declared variables, on which alone the result depends."""
    parts = (request.query, request.operation_name, sorted(variables.coerced.items()))
    return sha256(repr(parts).encode(errors="surrogatepass")).digest()


def _count_values(plan: Plan, variables: VariableValues) -> int:
    """Return how many values the introspection of ``plan`` has; raise ``RequestFailedError``."""
    try:
        return introspection_size(plan.introspection, plan.document.fragments, variables)
    except GraphQLError as error:
        raise RequestFailedError([LocatedProblem.from_document(error, BadUserInput)]) from None


def _execute(plan: Plan, inputs: dict[str, Any], values: int) -> IntrospectionResult:
    """Run the introspection fields of ``plan`` by the library."""
    operation = OperationDefinitionNode(
        operation=plan.operation.operation,
        variable_definitions=plan.operation.variable_definitions,
        selection_set=SelectionSetNode(selections=plan.introspection),
    )
    document = DocumentNode(definitions=(operation, *plan.document.fragments.values()))
    result = execute_sync(GRAPHQL_SCHEMA, document, variable_values=inputs)
    texts = {key: json.dumps(value, separators=(",", ":")) for key, value in (result.data or {}).items()}
    errors = tuple(map(LocatedProblem.from_execution, (result.errors or ())[:MAX_ERRORS]))
    return IntrospectionResult(texts, errors, values)


def introspection_size(nodes: Sequence[FieldNode], fragments: Fragments, variables: VariableValues) -> int:
    """Return how many values the result of ``nodes``, introspection fields of the root, will have.

    Raise ``RequestFailedError`` as soon as they cost more than one request may, and ``GraphQLError`` where
    a variable that decides a directive is null.
    """
    size = _SizeCounter(fragments, variables)
    size.count_roots(nodes)
    return size.cost.amount("introspection")


class _SizeCounter:
    """A counter of the values in the result of introspection fields, without running them."""

    def __init__(self, fragments: Fragments, variables: VariableValues) -> None:
        self._fragments, self._variables, self.cost = fragments, variables, CostCounter()

    def count_roots(self, nodes: Sequence[FieldNode]) -> None:
        selection_set = SelectionSetNode(selections=tuple(nodes))
        groups, visits = collect_fields([selection_set], self._fragments, self._variables.coerced)
        self.cost.add(introspection=visits)
        for same in groups.values():
            name = same[0].name.value
            elements = WHOLE_SCHEMA if name == "__schema" else self._type_argument(same[0])
            self._count_below(META_FIELDS[name], same, elements)

    def _type_argument(self, node: FieldNode) -> Elements:
        """Return the type that the argument of ``__type`` names, if there is one."""
        try:
            name = get_argument_values(TypeMetaFieldDef, node, self._variables)["name"]
        except GraphQLError:  # the field will be null, and has its error when it runs
            return {}
        type_ = GRAPHQL_SCHEMA.get_type(name)
        return {} if type_ is None else {id(type_): (type_, 1)}

    def _count_below(self, field: GraphQLField, nodes: Sequence[FieldNode], elements: Elements) -> None:
        """Count what ``nodes``, merged, select of ``elements``, the values of ``field``."""
        type_ = get_named_type(field.type)
        if not elements or not isinstance(type_, GraphQLObjectType):
            return
        groups, visits = collect_fields(subselections(nodes), self._fragments, self._variables.coerced)
        times = sum(times for _, times in elements.values())
        self.cost.add(introspection=visits + times * sum(1 + len(key) // MAX_SHORT_KEY for key in groups))
        for same in groups.values():
            subfield = type_.fields.get(same[0].name.value)
            if subfield is not None and (_is_list(subfield) or not _is_leaf(subfield)):
                self._count_below(subfield, same, self._resolve(subfield, elements))

    def _resolve(self, field: GraphQLField, elements: Elements) -> Elements:
        """Return the values of ``field`` of all ``elements``, deprecated ones included."""
        assert field.resolve is not None
        values: Elements = {}
        for element, times in elements.values():
            value = field.resolve(element, RESOLVE_INFO, **dict.fromkeys(field.args, True))
            for item in (value or ()) if _is_list(field) else (value,):
                if item is not None:
                    key = id(item[1] if isinstance(item, tuple) else item)
                    values[key] = (item, times + (values[key][1] if key in values else 0))
        if _is_leaf(field):
            self.cost.add(introspection=sum(times for _, times in values.values()))
        return values


def _is_leaf(field: GraphQLField) -> bool:
    return is_leaf_type(get_named_type(field.type))


def _is_list(field: GraphQLField) -> bool:
    return is_list_type(get_nullable_type(field.type))
