"""Remove any one protection, of the database or of a statement: it is noticed each time."""

import os
from collections.abc import Callable, Iterator
from itertools import starmap

import asyncpg
import pytest

from db.database import Database
from db.embedded import SERVER
from tests.figures import RecordFigure
from tests.isolation.mutants import mutations
from tests.isolation.predicates import Text, generated_texts, golden_texts, mutants, of_statement
from tests.isolation.roles import CLAIMS, broken
from tests.isolation.scratch import Scratch, connected
from tests.isolation.test_statement_scope import made_statements, statements

LONG_RUN = bool(os.environ.get("FUZZ"))
EVERY = 1 if LONG_RUN else 8
DOCUMENTS = 500 if LONG_RUN else 20
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


@pytest.mark.parametrize("source", ["golden files", "modules of db", "sets of columns", "generated documents"])
def test_a_statement_that_lost_a_filter_by_organization_is_refused(
    source: str, database: Database, record_figure: RecordFigure
) -> None:
    sources: dict[str, Callable[[], Iterator[Text]]] = {
        "golden files": golden_texts,
        "modules of db": lambda: starmap(of_statement, statements()),
        "sets of columns": lambda: starmap(of_statement, made_statements()),
        "generated documents": lambda: generated_texts(DOCUMENTS, database),
    }
    texts = list(sources[source]())
    every = [mutant for text in texts for mutant in mutants(text)]

    survivors = [mutant.name for mutant in every if not mutant.is_refused]

    killed = f"{len(every) - len(survivors)} of {len(every)} refused, in {len(texts)} statements"
    record_figure(f"leak mutation: each filter by organization, {source}", killed, "all")
    assert [text.name for text in texts if text.is_refused] == []
    assert survivors == []
    assert len(every) > len(texts)


async def _broken_by(mutation: str, connection: asyncpg.Connection) -> list[str]:
    """The claims that do not hold once ``mutation`` is made; it is undone."""
    await connection.execute("begin")
    try:
        await connection.execute(mutation)
        return await broken(connection, SERVER)
    finally:
        await connection.execute("rollback")
