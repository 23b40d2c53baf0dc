"""Every line that a request writes to the log carries the id that the client was given."""

import io
import json
import logging
from collections.abc import Iterator
from contextvars import Context

import pytest

from schema.server.logs import JsonFormatter, RequestContext
from tests.isolation.scratch import run_sql
from tests.operation.conftest import House

UNEXPECTED = "alter table specialists add constraint unexpected check (name <> 'Unexpected')"
CREATE = 'mutation { createSpecialist(input: {name: "Unexpected", slug: "unexpected"}) { id } }'


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    handler.addFilter(RequestContext())
    logger = logging.getLogger("clinic")
    logger.addHandler(handler)
    yield stream
    logger.removeHandler(handler)


async def test_an_unexpected_failure_of_a_mutation_field_is_logged_with_its_request_id(
    house: House, lines: io.StringIO
) -> None:
    await run_sql(house.scratch.owner, UNEXPECTED)
    headers = house.clinic.admin.headers | {"x-request-id": "unexpected-1"}

    response = await house.http.post("/graphql", headers=headers, json={"query": CREATE})
    await run_sql(house.scratch.owner, "alter table specialists drop constraint unexpected")

    (error,) = response.json()["errors"]
    (line,) = map(json.loads, lines.getvalue().splitlines())
    assert error["extensions"]["code"] == "internal_error"
    assert error["extensions"]["request_id"] == "unexpected-1"
    assert (line["message"], line["request_id"]) == ("unforeseen", "unexpected-1")


def test_a_line_outside_of_a_request_has_no_request_id(lines: io.StringIO) -> None:
    Context().run(logging.getLogger("clinic").error, "outside")  # the suite's own context may be that of a request

    assert "request_id" not in json.loads(lines.getvalue())
