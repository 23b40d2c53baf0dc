"""Check the first layer of isolation: a statement that omits its organization is refused before it is sent."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from itertools import combinations

import pytest
from sqlalchemy import Table

import db
from db import records, scheduling, specialists, tables
from db.statements.compile import Statement, compile_sql
from db.statements.scope import ORGANIZATION_ID, UnscopedStatementError, check_scoped
from resolvers.inputs import fields_of
from resolvers.specialists import SpecialistFields
from resolvers.specialties import SpecialtyFields
from tests.isolation.rows import TABLES

DECLARATIONS: dict[Table, type[Mapping[str, object]]] = {
    tables.specialists: SpecialistFields,
    tables.specialties: SpecialtyFields,
}

FORGETFUL = {
    "reads": "select id from {table}",
    "reads by id": "select id from {table} where {table}.id = :id",
    "reads under a new name": "select id from {table} as t where t.id = :id",
    "reads under a new name without as": "select id from {table} t where t.id = :id",
    "names another table's organization": "select id from {table} as t where u.organization_id = :organization_id",
    "holds it to a literal": "select id from {table} where {table}.organization_id = 7",
    "holds it to another value": "select id from {table} where {table}.organization_id = :id",
    "holds it to a longer number": (
        "select :a, :b, :c, :d, :e, :f, :g, :h, :i, :organization_id, :j from {table}"
        " where {table}.organization_id = :a"
    ),
    "selects it, but does not hold to it": "select :organization_id, {table}.organization_id from {table}",
    "forgets it in a join": (
        "select from users as u join {table} as t on t.id = u.id where u.organization_id = :organization_id"
    ),
    "forgets it in a left join": (
        "select from users as u left outer join {table} as t on t.id = u.id where u.organization_id = :organization_id"
    ),
    "forgets it after a comma": "select from users as u, {table} as t where u.organization_id = :organization_id",
    "forgets it in a sub-select": (
        "select from users as u where u.organization_id = :organization_id and exists (select from {table} as t)"
    ),
    "forgets it in a lateral": (
        "select from users as u, lateral (select * from {table} as t where t.id = u.id) as more"
        " where u.organization_id = :organization_id"
    ),
    "forgets it in a common table": (
        "with found as (select * from {table} as t) select from found, users as u"
        " where u.organization_id = :organization_id"
    ),
    "forgets it in the other half of a union": (
        "select id from users as u where u.organization_id = :organization_id union select id from {table} as t"
    ),
    "holds only one of two of the same name": (
        "select id from {table} as t where t.{column} = :organization_id union select id from {table} as t"
    ),
    "updates": "update {table} set id = id where id = :id",
    "updates under a new name": "update {table} as t set id = id where t.id = :id",
    "updates from another": (
        "update users as u set id = id from {table} as t where u.organization_id = :organization_id and u.id = t.id"
    ),
    "deletes": "delete from {table} where id = :id",
    "deletes with another": (
        "delete from users as u using {table} as t where u.organization_id = :organization_id and u.id = t.id"
    ),
    "writes in capitals": "SELECT id FROM {table} AS t WHERE t.id = :id",
    "breaks the line": "select id from\n    {table}\nwhere id = :id",
    "inserts for whom it likes": "insert into {table} ({column}) values (:id)",
    "inserts for a literal": "insert into {table} ({column}) values (7)",
    "inserts for an organization that it reads": (
        "insert into {table} ({column}) select id from users as u where u.organization_id = :organization_id"
    ),
    "names the schema": "select id from public.{table}",
    "quotes the name": 'select id from "{table}"',
    "reads only this table": "select id from only {table}",
    "reads between parentheses": "select id from ({table} cross join users)",
    "is a bare table": "table {table}",
    "merges": (
        "merge into {table} as t using users as u on t.id = u.id and u.organization_id = :organization_id"
        " when matched then delete"
    ),
    "truncates": "truncate {table}",
    "locks": "lock table {table}",
}
MINDFUL = (
    "select id from {table} where {table}.{column} = :organization_id",
    "select id from {table} as t where t.{column} = :organization_id and t.id = :id",
    "update {table} as t set id = id where t.{column} = :organization_id",
    "delete from {table} as t where t.{column} = :organization_id",
    "insert into {table} ({column}) values (:organization_id)",
    "insert into {table} ({column}, id) select :organization_id, id from unnest(cast(:ids as bigint[])) as ids (id)",
)

# A table is named by its own id or by an organization_id, and the check knows no other difference.
NAMES = [table.name for table in TABLES]
KINDS = {
    "organizations": ["organizations"],
    "a table of organizations": [name for name in NAMES if name != "organizations"],
}

every_kind = pytest.mark.parametrize("tables", KINDS.values(), ids=KINDS)


def planted(sql: str, table: str) -> str:
    return sql.format(table=table, column="id" if table == "organizations" else "organization_id")


@pytest.mark.parametrize("sql", FORGETFUL.values(), ids=FORGETFUL)
@every_kind
def test_a_statement_is_refused_that(sql: str, tables: list[str]) -> None:
    for table in tables:
        with pytest.raises(UnscopedStatementError):
            compile_sql(planted(sql, table))


@pytest.mark.parametrize("sql", MINDFUL)
@every_kind
def test_a_statement_that_names_its_organization_is_taken(sql: str, tables: list[str]) -> None:
    for table in tables:
        assert "$" in compile_sql(planted(sql, table)).text


def test_every_table_is_of_one_kind() -> None:
    assert [len(tables) for tables in KINDS.values()] == [1, len(TABLES) - 1]
    assert len(FORGETFUL) * len(TABLES) >= 315


def statements() -> Iterator[tuple[str, Statement]]:
    """Every statement that stands in a module of ``db``, on its own or in a table."""
    for module in pkgutil.walk_packages(db.__path__, "db."):
        if module.name.startswith("db.migrations"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for statement in _within(value):
                yield f"{module.name}.{name}", statement


def _within(value: object) -> Iterator[Statement]:
    if isinstance(value, Statement):
        yield value
    elif isinstance(value, dict | tuple | list):
        for child in value.values() if isinstance(value, dict) else value:
            yield from _within(child)


def parameters_of(statement: Statement) -> list[str]:
    return [ORGANIZATION_ID if query < 0 else f"{query}:{name}" for query, name in statement.arguments]


@pytest.mark.parametrize(
    ("name", "statement"), [pytest.param(*statement, id=statement[0]) for statement in statements()]
)
def test_a_statement_of_ours_names_its_organization(name: str, statement: Statement) -> None:
    check_scoped(statement.text, parameters_of(statement))

    assert ORGANIZATION_ID in parameters_of(statement)


def columns_of(table: Table) -> list[tuple[str, ...]]:
    """Return the columns that clients write: each alone, each pair, and all together."""
    columns = [name for name in fields_of(DECLARATIONS[table]) if name in table.c]
    return [names for size in (1, 2, len(columns)) for names in combinations(columns, size)]


def made_statements() -> Iterator[tuple[str, Statement]]:
    """Every statement that is made for a set of columns, or for a table."""
    for table in DECLARATIONS:
        for columns in columns_of(table):
            for make in (records.lock_statement, records.insert_statement, records.update_statement):
                yield f"{make.__name__} {table.name} {columns}", make(table, columns)
        yield f"delete {table.name}", records.delete_statement(table)
    for columns in columns_of(tables.specialists):
        yield f"insert specialist {columns}", specialists.insert_statement(columns)
        for words in (True, False):
            yield f"update specialist {columns} {words}", specialists.update_statement(columns, words)
    yield "update the words of a specialist", specialists.update_statement((), True)
    for table in (tables.weekly_hours, tables.overrides):
        yield f"replace {table.name}", scheduling.replace_statement(table)


def test_every_statement_that_is_made_names_its_organization() -> None:
    for name, statement in made_statements():
        assert ORGANIZATION_ID in parameters_of(statement), name


def test_every_field_that_clients_write_is_a_column_or_a_set_of_links() -> None:
    extra_fields = {
        table.name: set(fields_of(declaration)) - set(table.c.keys()) for table, declaration in DECLARATIONS.items()
    }

    assert extra_fields == {"specialists": {"specialty_ids"}, "specialties": set()}, "db/tables.py lacks the column"
