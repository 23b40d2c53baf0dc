"""Runs a plan: all root fields of a query in one statement, those of a mutation one after the other."""

from dataclasses import dataclass, field

from graphql import GraphQLError
from graphql.execution.values import VariableValues

from db.database import Database
from resolvers.conflicts import KNOWN
from resolvers.errors.problem import Problem
from resolvers.reads import ReadRequest
from resolvers.viewer import Viewer, require_admin
from resolvers.writes import write
from schema.fields import ReadResolver, WriteResolver
from schema.graphql.failure import Failure
from schema.graphql.limits import Budget, Fields
from schema.graphql.plan import Plan, Root, selection_of
from schema.graphql.response import NULL

EXPECTED = (*KNOWN, GraphQLError)


@dataclass(slots=True)
class Outcome:
    """The finished JSON by answer key, none for null, and what went wrong."""

    json: dict[str, str | None] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)

    def fail(self, root: Root, error: Exception) -> None:
        self.json[root.key] = None
        self.failures.append(Failure.at(root.key, root.nodes[0], error, root.field))

    def data(self, plan: Plan) -> list[str]:
        """The ``data`` of the response, in pieces: null where a field that cannot be null has failed."""
        if self.failures and any(self.json.get(key) is None for key in plan.non_null):
            return [NULL]
        pieces, typename = ["{"], f'"{plan.root_type.name}"'
        for key in plan.keys:
            pieces += (f'"{key}":', self.json.get(key, typename) or NULL, ",")
        return [*pieces[:-1], "}"] if plan.keys else ["{}"]


@dataclass(frozen=True, slots=True)
class Execution:
    """One request's run of a plan."""

    plan: Plan
    variables: VariableValues
    viewer: Viewer
    database: Database
    budget: Budget = field(default_factory=Budget)

    async def run(self) -> Outcome:
        return await (self._write() if self.plan.writes else self._read())

    async def _read(self) -> Outcome:
        outcome = Outcome()
        asks = self._asks(outcome)
        if asks:
            await self._answer(asks, outcome)
        return outcome

    def _asks(self, outcome: Outcome) -> list[tuple[Root, ReadRequest]]:
        asks, made = [], Fields()
        for root in self.plan.roots:
            try:
                question: ReadResolver = root.call(self.variables)
                asks.append((root, question(self.viewer, selection_of(root, self.plan, self.variables, made))))
            except EXPECTED as error:
                outcome.fail(root, error)
        return asks

    async def _answer(self, asks: list[tuple[Root, ReadRequest]], outcome: Outcome) -> None:
        reads = tuple([ask.read for _, ask in asks])
        self.budget.spend_on(reads)
        try:
            json = await self.database.read_all(self.viewer.tenant, reads)
        except EXPECTED as error:
            for root, _ in asks:
                outcome.fail(root, error)
            return
        for (root, ask), value in zip(asks, json, strict=True):
            try:
                outcome.json[root.key] = ask.check_json(value)
            except Problem as problem:
                outcome.fail(root, problem)

    async def _write(self) -> Outcome:
        """What nobody foresaw fails its own field, too: those before it are committed."""
        outcome, made = Outcome(), Fields()
        for root in self.plan.roots:
            try:
                outcome.json[root.key] = await self._command(root, made)
            except Exception as error:
                outcome.fail(root, error)
        return outcome

    async def _command(self, root: Root, made: Fields) -> str:
        admin = require_admin(self.viewer)
        command: WriteResolver = root.call(self.variables)
        selection = selection_of(root, self.plan, self.variables, made)
        self.budget.spend(records=selection.records)
        answer = await write(self.database, admin, lambda transaction: command(transaction, selection))
        return answer.json
