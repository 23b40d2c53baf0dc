"""Production refuses a database whose isolation is not whole; each refusal is one sentence."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest

from db.embedded import OWNER, SERVER, EmbeddedServer
from db.errors import ConfigurationError
from db.guard import GUARDED, check_database
from db.migrate import migrate, newest_revision
from db.tables import metadata
from tests.isolation.scratch import SUPERUSER, Scratch, run_sql

SENTENCE = re.compile(r"DATABASE_URL: (?:(?!\. )[^\n])+\.")


async def refusal(url: str) -> str:
    with pytest.raises(ConfigurationError) as error:
        await check_database(url)
    assert SENTENCE.fullmatch(str(error.value))
    return str(error.value)


@asynccontextmanager
async def role(embedded: EmbeddedServer, powers: str) -> AsyncIterator[str]:
    """The name of a role with ``powers``, gone afterwards."""
    name, admin = f"role_{uuid4().hex[:12]}", embedded.url(SUPERUSER, "postgres")
    await run_sql(admin, f"create role {name} login {powers}")
    try:
        yield name
    finally:
        await run_sql(admin, f"drop role {name}")


@asynccontextmanager
async def broken(scratch: Scratch, break_: str, repair: str) -> AsyncIterator[None]:
    await run_sql(scratch.owner, break_)
    try:
        yield
    finally:
        await run_sql(scratch.owner, repair)


async def test_a_role_without_powers_on_a_database_with_walls_is_taken(scratch: Scratch) -> None:
    await check_database(scratch.server)


async def test_every_table_is_looked_at() -> None:
    assert set(GUARDED) == {*metadata.tables, "alembic_version"}


@pytest.mark.parametrize(
    ("powers", "fragment"),
    [("superuser", "is a superuser"), ("bypassrls", "bypasses row level security"), (f"in role {OWNER}", "owns the")],
)
async def test_a_role_that_passes_the_walls_is_refused(
    powers: str, fragment: str, embedded: EmbeddedServer, scratch: Scratch
) -> None:
    async with role(embedded, powers) as name:
        message = await refusal(embedded.url(name, scratch.name))

    assert name in message
    assert fragment in message


async def test_the_owner_is_refused(scratch: Scratch) -> None:
    assert "owns the table" in await refusal(scratch.owner)


async def test_the_owner_of_one_table_is_refused(embedded: EmbeddedServer, scratch: Scratch) -> None:
    async with role(embedded, "") as name:
        await run_sql(scratch.superuser, f"alter table overrides owner to {name}")
        try:
            assert f"{name} owns the table overrides" in await refusal(embedded.url(name, scratch.name))
        finally:
            await run_sql(scratch.superuser, f"alter table overrides owner to {OWNER}")


@pytest.mark.parametrize("table", GUARDED)
@pytest.mark.parametrize(("off", "on"), [("no force", "force"), ("disable", "enable")])
async def test_a_table_without_its_wall_is_refused(table: str, off: str, on: str, scratch: Scratch) -> None:
    sql = f"alter table {table} {{}} row level security"
    async with broken(scratch, sql.format(off), sql.format(on)):
        assert f"the table {table} " in await refusal(scratch.server)


@pytest.mark.parametrize(
    ("break_", "repair", "fragment"),
    [
        (
            "update alembic_version set version_num = '0001'",
            "update alembic_version set version_num = '{}'",
            "at revision 0001",
        ),
        ("delete from alembic_version", "insert into alembic_version values ('{}')", "without a revision"),
        (
            "alter table alembic_version rename to away",
            "alter table away rename to alembic_version",
            "without a revision",
        ),
    ],
)
async def test_a_schema_that_is_not_the_newest_is_refused(
    break_: str, repair: str, fragment: str, scratch: Scratch
) -> None:
    async with broken(scratch, break_, repair.format(newest_revision())):
        message = await refusal(scratch.server)

    assert fragment in message
    assert "run python app.py migrate." in message


async def test_an_empty_database_is_refused(embedded: EmbeddedServer) -> None:
    assert "without a revision" in await refusal(embedded.url(SERVER, "postgres"))


async def test_a_role_that_was_granted_nothing_is_refused(embedded: EmbeddedServer, scratch: Scratch) -> None:
    async with role(embedded, "") as name:
        assert "permission denied" in await refusal(embedded.url(name, scratch.name))


@pytest.mark.parametrize(
    "address",
    ["postgresql://nobody_known@{host}", "postgresql://clinic_server@127.0.0.1:1/clinic", "postgresql:///?host=/none"],
)
async def test_a_database_that_cannot_be_had_is_refused(address: str, embedded: EmbeddedServer) -> None:
    host = embedded.url(SERVER).partition("@")[2]

    await refusal(address.format(host=host))


async def test_a_database_that_does_not_exist_is_refused(embedded: EmbeddedServer) -> None:
    assert "does not exist" in await refusal(embedded.url(SERVER, "nothing"))


async def test_a_replica_is_named_by_its_own_setting(scratch: Scratch) -> None:
    with pytest.raises(ConfigurationError, match=r"^DATABASE_READ_URL: "):
        await check_database(scratch.superuser, "DATABASE_READ_URL")


async def test_a_role_that_comes_later_may_serve_once_it_is_migrated_for(
    embedded: EmbeddedServer, scratch: Scratch
) -> None:
    async with role(embedded, "") as name:
        await migrate(scratch.owner, name)

        await check_database(embedded.url(name, scratch.name))
        await run_sql(scratch.superuser, f"drop owned by {name}")
