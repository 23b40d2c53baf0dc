"""Explain to people how a GraphQL query is answered: its selections, its SQL statement, PostgreSQL's plan."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module

from graphql.execution.values import VariableValues

from db.database import Database
from db.demo.ids import demo_organization_id, demo_user_id
from db.errors import ConfigurationError
from db.explain import Explanation, explain_reads
from db.query import PageQuery, Query, RecordQuery
from db.selection import Column, Constant, Field
from resolvers.errors.problem import Problem
from resolvers.reads import ReadRequest
from resolvers.viewer import Viewer
from schema.graphql.cost import CostCounter
from schema.graphql.errors import LocatedProblem, RequestFailedError
from schema.graphql.execute import Execution
from schema.graphql.plan import Plan, Planner, RootField
from schema.http.body import decode_json

CLINIC = "north"
INDENT = "  "
NO_STATEMENT = "No SQL statement: introspection and __typename are answered without the database."


class ExplainError(Exception):
    """The query cannot be explained; the message is one sentence that says why."""


def plan_query(text: str, variables: str) -> tuple[Plan, VariableValues]:
    """Return the plan of the query ``text`` under ``variables``, a JSON object; raise ``ExplainError``."""
    try:
        inputs = decode_json(variables)
    except ValueError:
        inputs = None
    if not isinstance(inputs, dict):
        raise ExplainError("--variables must be a JSON object.")
    with _explain_errors():
        plan, values = Planner().plan(text, None, inputs)
    if plan.writes:
        raise ExplainError("A mutation is not explained, so that nothing is written; explain a query.")
    return plan, values


async def explain_plan(database_url: str, plan: Plan, variables: VariableValues, *, analyze: bool) -> str:
    """Return the explanation of ``plan`` for an admin of the demo clinic ``north``; raise ``ExplainError``."""
    database = Database(database_url)
    await database.open()
    try:
        organization_id = await database.organization_of(demo_organization_id(CLINIC), CLINIC)
        viewer = Viewer(organization_id, demo_user_id(CLINIC, "admin"), "admin")
        requests = _read_requests(Execution(plan, variables, viewer, database))
        if not requests:
            return NO_STATEMENT
        reads = [request.read for _, request in requests]
        explanation = await explain_reads(database, viewer.tenant, reads, analyze=analyze)
    finally:
        await database.close()
    return _render(requests, explanation, analyze=analyze)


def _read_requests(execution: Execution) -> list[tuple[RootField, ReadRequest]]:
    """Return what the root fields read; raise ``ExplainError`` where one of them fails or all are too much."""
    with _explain_errors():
        requests = execution.read_requests()
        if execution.result.errors:
            raise RequestFailedError(execution.result.errors)
        CostCounter().add_reads([request.read for _, request in requests], execution.plan.field_count)
    return requests


@contextmanager
def _explain_errors() -> Iterator[None]:
    """Raise the errors of a request inside ``with`` as one sentence."""
    try:
        yield
    except RequestFailedError as error:
        raise ExplainError(_sentence(error.errors)) from None
    except Problem as problem:
        raise ExplainError(_sentence([LocatedProblem(problem)])) from None


def _sentence(errors: Sequence[LocatedProblem]) -> str:
    """Return one sentence with the message and the first location of each error."""
    places = ("".join(f"line {line}, column {column}: " for line, column in error.locations[:1]) for error in errors)
    messages = (str(error.render("")["message"]).rstrip(".") for error in errors)
    text = "; ".join(place + message for place, message in zip(places, messages, strict=True))
    return f"The query cannot be run: {text}{'' if text.endswith('?') else '.'}"


def _render(requests: Sequence[tuple[RootField, ReadRequest]], explanation: Explanation, *, analyze: bool) -> str:
    selections = [line for root, request in requests for line in _root_lines(root, request)]
    parameters = [f"${number} {name} = {value!r}" for number, (name, value) in enumerate(explanation.parameters, 1)]
    sections = {
        "Selection": "\n".join(selections),
        "SQL": format_sql(explanation.sql),
        "Parameters": "\n".join(parameters),
        "EXPLAIN (ANALYZE, BUFFERS)" if analyze else "EXPLAIN": explanation.plan,
    }
    return "\n\n".join(f"{title}\n{'-' * len(title)}\n{text}" for title, text in sections.items())


def _root_lines(root: RootField, request: ReadRequest) -> Iterator[str]:
    name = root.nodes[0].name.value
    alias = "" if root.key == name else f"{root.key}: "
    yield f"{alias}{name} ({_describe(request.read.query)})"
    yield from _field_lines(request.read.selection.fields, depth=1)


def _field_lines(fields: Sequence[Field], depth: int) -> Iterator[str]:
    """Yield a line for each field below, as ``response key: what it is``."""
    for field in fields:
        indent = INDENT * depth
        if isinstance(field, Constant):
            yield f'{indent}{field.key}: "{field.value}"'
            continue
        name = field.key if field.key == field.name else f"{field.key}: {field.name}"
        if isinstance(field, Column):
            yield f"{indent}{name}"
        else:
            yield f"{indent}{name}{f' ({_describe(field.query)})' if field.query else ''}"
            yield from _field_lines(field.selection.fields, depth + 1)


def _describe(query: Query) -> str:
    """Return how ``query`` finds its records."""
    if isinstance(query, RecordQuery):
        return f"one by {query.by}"
    if not isinstance(query, PageQuery):
        return "the viewer"
    order = ", ".join(f"-{key.column}" if key.descending else key.column for key in query.sort)
    conditions = ", ".join(condition.name for condition in query.filters)
    return f"{_describe_window(query)} by {order}{f' where {conditions}' if conditions else ''}"


def _describe_window(query: PageQuery) -> str:
    window = query.window
    if window.by_offset:
        return f"page {query.page} of size {query.size}"
    cursors = f"{' after a cursor' if window.after else ''}{' before a cursor' if window.before else ''}"
    return f"{'last' if window.backward else 'first'} {query.size}{cursors}"


def format_sql(statement: str) -> str:
    """Return ``statement`` in indented lines; as it is, if it is longer than the library formats."""
    try:
        sqlparse = import_module("sqlparse")
    except ModuleNotFoundError as error:  # development installs it, and a production server lacks it
        raise ConfigurationError(
            "ENVIRONMENT: explain needs sqlparse, which is not installed; run make install."
        ) from error
    try:
        lines = sqlparse.format(statement, reindent=True, indent_width=2).splitlines()
    except sqlparse.exceptions.SQLParseError:
        return statement
    return "\n".join(line.rstrip() for line in lines if line.strip())
