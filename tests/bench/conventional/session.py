"""Who asks, and a session of theirs: a transaction that knows its tenant."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

TENANT = text("select set_config('app.organization_id', :organization, true), set_config('app.role', :role, true)")


@dataclass(frozen=True, slots=True)
class Context:
    """What the resolvers know of the request."""

    sessions: async_sessionmaker[AsyncSession]
    organization_id: int
    role: str

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """Committed at the end; what was loaded stays usable after it."""
        async with self.sessions() as session, session.begin():
            await session.execute(TENANT, {"organization": str(self.organization_id), "role": self.role})
            yield session
