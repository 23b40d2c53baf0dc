"""What an operation asks about the schema itself: answered by the library once, then from a cache."""

import json
from asyncio import Lock
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from graphql import DocumentNode, GraphQLError, OperationDefinitionNode, SelectionSetNode, execute_sync
from graphql.execution.values import VariableValues
from starlette.concurrency import run_in_threadpool

from db.cache import Cache
from resolvers.errors.request import BadUserInput
from schema.definition import SCHEMA
from schema.graphql.failure import Failure, RequestFailed
from schema.graphql.introspection_size import introspection_size
from schema.graphql.limits import MAX_ERRORS, Budget
from schema.graphql.plan import Plan
from schema.graphql.request import GraphqlRequest

MAX_ANSWERS = 100
ANSWER_BYTES = 1_000  # of an answer beside its JSON


@dataclass(frozen=True, slots=True)
class IntrospectionResult:
    """The JSON by answer key, which is empty where null has propagated up to ``data``.

    ``values`` is what counts towards the limits of a request.
    """

    json: dict[str, str]
    failures: tuple[Failure, ...]
    values: int

    @property
    def size(self) -> int:
        return ANSWER_BYTES + sum(len(key) + len(text) for key, text in self.json.items())


class Introspection:
    """Answers to introspection by request: the schema of a running server does not change."""

    def __init__(self, weight: int = 8 << 20) -> None:
        self._answers: Cache[bytes, IntrospectionResult] = Cache(MAX_ANSWERS, weight, lambda _, answer: answer.size)
        self._lock = Lock()

    async def answer(
        self, plan: Plan, variables: VariableValues, request: GraphqlRequest, budget: Budget
    ) -> IntrospectionResult:
        """Answer the introspection fields of ``plan``.

        Raises ``RequestFailed`` or a ``Problem``, before any of it runs, where that is too much. It runs
        in a thread, for the event loop must not wait, and one at a time, for the threads would share one core.
        """
        key = _digest(request, variables)
        answer = self._answers.get(key) or await self._run_once(key, plan, variables, request, budget)
        budget.spend(values=answer.values)
        return answer

    async def _run_once(
        self, key: bytes, plan: Plan, variables: VariableValues, request: GraphqlRequest, budget: Budget
    ) -> IntrospectionResult:
        async with self._lock:
            answer = self._answers.get(key)  # whoever had the lock before may have asked for the same
            if answer is None:
                values = await run_in_threadpool(_size, plan, variables)
                budget.check(values=values)
                answer = await run_in_threadpool(_run, plan, request.variables, values)
                if not answer.failures:
                    self._answers.put(key, answer)
            return answer


def _digest(request: GraphqlRequest, variables: VariableValues) -> bytes:
    """The same text, operation and declared variables have the same answer, whoever asks."""
    parts = (request.query, request.operation_name, sorted(variables.coerced.items()))
    return sha256(repr(parts).encode(errors="surrogatepass")).digest()


def _size(plan: Plan, variables: VariableValues) -> int:
    try:
        return introspection_size(plan.introspected, plan.document.fragments, variables)
    except GraphQLError as error:
        raise RequestFailed([Failure.of(error, BadUserInput)]) from None


def _run(plan: Plan, variables: dict[str, Any], values: int) -> IntrospectionResult:
    operation = OperationDefinitionNode(
        operation=plan.operation.operation,
        variable_definitions=plan.operation.variable_definitions,
        selection_set=SelectionSetNode(selections=plan.introspected),
    )
    document = DocumentNode(definitions=(operation, *plan.document.fragments.values()))
    result = execute_sync(SCHEMA._schema, document, variable_values=variables)
    answers = {key: json.dumps(value, separators=(",", ":")) for key, value in (result.data or {}).items()}
    failures = tuple(map(Failure.located, (result.errors or ())[:MAX_ERRORS]))
    return IntrospectionResult(answers, failures, values)
