"""``explain`` prints how a query is answered, and refuses what it cannot explain in one sentence."""

import json

import pytest

from tests.operation.commands import Commands

QUERY = """query Search($n: Int, $word: String) {
  who: viewer { role }
  specialists(first: $n, filter: {search: $word}) {
    totalCount
    nodes { __typename fullName: name specialties { title specialists(pageSize: 2) { nodes { id } } } }
  }
  specialist(id: 1) { createdAt }
}"""
SELECTION = """who: viewer (the viewer)
  role
specialists (first 3 by -created_at, -id where active, word0)
  totalCount: total_count
  nodes
    __typename: "Specialist"
    fullName: name
    specialties
      title
      specialists (page 1 of size 2 by name, id where active)
        nodes
          id
specialist (one by id)
  createdAt: created_at"""
VARIABLES = json.dumps({"n": 3, "word": "Ada"})
NOWHERE = {
    "DATABASE_URL": "postgresql://clinic_server@127.0.0.1:1/clinic",
    "DATABASE_ADMIN_URL": "postgresql://clinic_owner@127.0.0.1:1/clinic",
}


def sections(text: str) -> dict[str, str]:
    """Return the output by the titles of its sections, each of which is underlined."""
    parts: dict[str, str] = {}
    for paragraph in text.strip("\n").split("\n\n"):
        title, line, content = paragraph.split("\n", 2)
        assert line == "-" * len(title)
        parts[title] = content
    return parts


def test_a_query_is_explained_by_selection_sql_parameters_and_plan(commands: Commands) -> None:
    explained = commands.run("explain", QUERY, "--variables", VARIABLES)

    assert (explained.returncode, explained.stderr) == (0, "")
    parts = sections(explained.stdout)
    assert list(parts) == ["Selection", "SQL", "Parameters", "EXPLAIN"]
    assert parts["Selection"] == SELECTION
    assert parts["SQL"].startswith("SELECT\n")
    assert len(parts["SQL"].splitlines()) > 20
    parameters = parts["Parameters"].splitlines()
    assert [line.split()[0] for line in parameters] == [f"${number}" for number in range(1, len(parameters) + 1)]
    assert f"${len(parameters)}::" in parts["SQL"]
    assert f"${len(parameters) + 1}" not in parts["SQL"]
    assert {line.partition(" ")[2] for line in parameters} >= {
        "query 0: role = 'admin'",
        "query 1: word0 = 'ada'",
        "query 1: size = 3",
        "query 2: size = 2",
        "query 3: key = 1",
    }
    assert "organization_id = " in parts["Parameters"]
    assert "(cost=" in parts["EXPLAIN"]
    assert "actual time" not in parts["EXPLAIN"]


def test_analyze_reports_times_and_buffers_over_the_demo_clinic(commands: Commands) -> None:
    explained = commands.call("explain", "{ specialists(pageSize: 5) { nodes { name } } }", "--analyze")

    assert (explained.returncode, explained.stderr) == (0, "")
    plan = sections(explained.stdout)["EXPLAIN (ANALYZE, BUFFERS)"]
    assert "rows=5.00" in plan  # the clinic has specialists
    assert "actual time" in plan
    assert "Buffers:" in plan


def test_introspection_takes_no_statement(commands: Commands) -> None:
    explained = commands.call("explain", "{ __typename __schema { queryType { name } } }")

    assert explained.returncode == 0
    assert explained.stdout.startswith("No SQL statement")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ['mutation { createSpecialty(input: {title: "T", slug: "t"}) { id } }'],
            "A mutation is not explained, so that nothing is written; explain a query.",
        ),
        (["{ viewer { role"], "The query cannot be run: line 1, column 16: Syntax Error: Expected Name, found <EOF>."),
        (
            ["{ viewer {\n role nope } }"],
            "The query cannot be run: line 2, column 7: Cannot query field 'nope' on type 'Viewer'. "
            "Did you mean 'role'?",
        ),
        (
            ["query ($n: Int!) { specialists(first: $n) { totalCount } }"],
            "The query cannot be run: line 1, column 8: Variable '$n' has invalid value: "
            "Expected a value of non-null type 'Int!' to be provided.",
        ),
        (["{ viewer { role } }", "--variables", "{"], "--variables must be a JSON object."),
        (["{ viewer { role } }", "--variables", "[]"], "--variables must be a JSON object."),
    ],
    ids=["mutation", "syntax", "validation", "variables", "no JSON", "no object"],
)
def test_what_cannot_be_explained_is_refused_before_the_database_is_needed(
    arguments: list[str], sentence: str, commands: Commands
) -> None:
    process = commands.call("explain", *arguments, **NOWHERE)

    assert (process.returncode, process.stdout, process.stderr) == (1, "", f"{sentence}\n")


def test_an_argument_that_a_resolver_refuses_is_told(commands: Commands) -> None:
    process = commands.call("explain", "{ specialists(pageSize: 0) { totalCount } }")

    assert (process.returncode, process.stdout) == (1, "")
    assert process.stderr.startswith("The query cannot be run: line 1, column 3: pageSize ")


def test_a_query_over_the_limits_is_refused(commands: Commands) -> None:
    pages = "specialties { specialists(pageSize: 100) { nodes { specialties { title } } } }"
    process = commands.call("explain", f"{{ specialists(pageSize: 100) {{ nodes {{ {pages} }} }} }}")

    assert (process.returncode, process.stdout) == (1, "")
    assert process.stderr == (
        "The query cannot be run: The operations of a request may cost 16,000 in all, and come to 153,539,"
        " most of it for data.\n"
    )


def test_production_explains_nothing(commands: Commands) -> None:
    process = commands.call(
        "explain", "{ viewer { role } }", ENVIRONMENT="production", CLERK_ISSUER="https://clerk.example.com", **NOWHERE
    )

    assert (process.returncode, process.stdout) == (1, "")
    assert process.stderr == "ENVIRONMENT: explain is for development only.\n"
