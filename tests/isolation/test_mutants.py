"""Each claim on the catalogue can fail: remove any one protection, and a claim does not hold."""

import os

import asyncpg

from db.embedded import SERVER
from tests.figures import RecordFigure
from tests.isolation.mutants import mutations
from tests.isolation.roles import CLAIMS, broken
from tests.isolation.scratch import Scratch, connected

LONG_RUN = bool(os.environ.get("FUZZ"))
EVERY = 1 if LONG_RUN else 8
# a claim about ``db/tables.py`` alone, which no change of the database breaks
OF_THE_CODE = {"every key of a tenant table is led by the organization, and points to no other"}


async def test_every_mutant_of_the_database_is_noticed(scratch: Scratch, record_figure: RecordFigure) -> None:
    survivors, noticed = [], set[str]()
    async with connected(scratch.superuser) as connection:
        assert await broken(connection, SERVER) == []
        for kind, every in (await mutations(connection)).items():
            mutants = every[::EVERY]
            for mutation in mutants:
                sentences = await _broken_by(mutation, connection)
                noticed |= set(sentences)
                survivors += [] if sentences else [mutation]
            killed = len([mutant for mutant in mutants if mutant not in survivors])
            record_figure(f"leak mutation: {kind}", f"{killed} of {len(mutants)} noticed", "all")

    assert survivors == []
    assert set(CLAIMS) - noticed == OF_THE_CODE or not LONG_RUN


async def _broken_by(mutation: str, connection: asyncpg.Connection) -> list[str]:
    """The claims that do not hold once ``mutation`` is made; it is undone."""
    await connection.execute("begin")
    try:
        await connection.execute(mutation)
        return await broken(connection, SERVER)
    finally:
        await connection.execute("rollback")
