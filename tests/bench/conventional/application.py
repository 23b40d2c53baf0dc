"""The ASGI application: a token is verified, a context made, the schema executed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import asyncpg
import jwt
import strawberry
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.extensions import ParserCache, ValidationCache

from db.pool import SETTINGS
from resolvers.identity.development import DEVELOPMENT_ISSUER, DevelopmentKeys
from tests.bench.conventional.mutations import Mutation
from tests.bench.conventional.queries import Query
from tests.bench.conventional.session import Context
from tests.bench.conventional.types import CONFIG

POOL_SIZE = 8
SCHEMA = strawberry.Schema(query=Query, mutation=Mutation, config=CONFIG, extensions=[ParserCache, ValidationCache])
ORGANIZATION = text("select organization_of(:clerk_id, :slug)")


class View(GraphQL[Context, None]):
    def __init__(self, sessions: async_sessionmaker[AsyncSession], key: Any) -> None:
        super().__init__(SCHEMA, graphql_ide=None)
        self.sessions, self.key = sessions, key
        self.known: dict[str, int] = {}

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:
        claims = self._claims(request.headers.get("authorization", ""))
        organization_id = await self._organization_id(claims["o"]["id"], claims["o"]["slg"])
        return Context(self.sessions, organization_id, "admin" if claims["o"]["rol"] == "admin" else "member")

    def _claims(self, authorization: str) -> dict[str, Any]:
        try:
            claims: dict[str, Any] = jwt.decode(
                authorization.removeprefix("Bearer "), self.key, algorithms=["RS256"], issuer=DEVELOPMENT_ISSUER
            )
        except jwt.PyJWTError:
            raise HTTPException(401) from None
        return claims

    async def _organization_id(self, clerk_id: str, slug: str) -> int:
        if clerk_id not in self.known:
            async with self.sessions() as session, session.begin():
                self.known[clerk_id] = await session.scalar(ORGANIZATION, {"clerk_id": clerk_id, "slug": slug})
        return self.known[clerk_id]


def make(url: str, directory: Path) -> Starlette:
    """``url`` is the database's, ``directory`` holds the key that checks tokens."""
    engine = create_async_engine(
        "postgresql+asyncpg://",
        async_creator=partial(asyncpg.connect, url, server_settings=SETTINGS),
        pool_size=POOL_SIZE,
        max_overflow=0,
    )
    view = View(
        async_sessionmaker(engine, expire_on_commit=False), DevelopmentKeys.load_or_create(directory).public_key
    )

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        await engine.dispose()

    return Starlette(routes=[Route("/graphql", view)], lifespan=lifespan)
