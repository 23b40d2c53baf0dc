"""Each claim on the catalogue can fail: remove any one protection, and a claim does not hold."""

from db.embedded import SERVER
from tests.isolation.mutants import mutations
from tests.isolation.roles import CLAIMS, broken
from tests.isolation.scratch import Scratch, connected


async def test_every_mutant_is_noticed(scratch: Scratch) -> None:
    async with connected(scratch.superuser) as connection:
        assert await broken(connection, SERVER) == []
        every = await mutations(connection)

        survivors, noticed = [], set[str]()
        for mutation in every:
            await connection.execute("begin")
            await connection.execute(mutation)
            sentences = await broken(connection, SERVER)
            await connection.execute("rollback")
            noticed |= set(sentences)
            survivors += [] if sentences else [mutation]

    assert survivors == []
    assert len(every) > 250
    assert set(CLAIMS) - noticed == {"every key of a tenant table is led by the organization, and points to no other"}
