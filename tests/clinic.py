"""Clinics for tests, each of its own, with an admin, a specialist and a patient."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import uuid4

import httpx2

from db.database import Database
from db.statements.compile import compile_sql
from db.tenant import Tenant
from resolvers.identity.development import DevelopmentKeys
from tests.client import Member

NUMBERS = count(1)
NO_PUNCTUATION = str.maketrans("-:", "__")
ADD_USER = compile_sql(
    """
    insert into users (organization_id, clerk_id, email, username, role)
    values (:organization_id, :clerk_id, :email, :email, :role)
    returning id
    """
)


@dataclass(frozen=True)
class Clinic:
    """An organization that no other test sees."""

    slug: str
    clerk_id: str
    http: httpx2.AsyncClient
    keys: DevelopmentKeys
    database: Database
    _members: dict[tuple[str, str], Member] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def new(cls, name: str, http: httpx2.AsyncClient, keys: DevelopmentKeys, database: Database) -> "Clinic":
        slug = f"{name}-{uuid4().hex[:12]}"
        return cls(slug, f"org_{slug.replace('-', '_')}", http, keys, database)

    def member(self, role: str, user_id: str | None = None) -> Member:
        """Someone with a token of an hour: the same one each time, for signing takes longer than most requests."""
        user_id = user_id or f"user_{self.slug}_{role}".translate(NO_PUNCTUATION)
        if (role, user_id) not in self._members:
            token = self.keys.token(
                user_id=user_id, organization_id=self.clerk_id, organization_slug=self.slug, role=role, ttl=3_600
            )
            self._members[role, user_id] = Member(self.http, token)
        return self._members[role, user_id]

    @property
    def admin(self) -> Member:
        return self.member("admin")

    @property
    def specialist(self) -> Member:
        return self.member("specialist")

    @property
    def patient(self) -> Member:
        return self.member("patient")

    async def organization_id(self) -> int:
        return await self.database.organization_of(self.clerk_id, self.slug)

    async def add_user(self, role: str = "specialist", clerk_id: str | None = None) -> int:
        """A user on record; its id."""
        tenant = Tenant(await self.organization_id(), "admin")
        name = f"{role}{next(NUMBERS)}"
        async with self.database.transaction(tenant, write=True) as transaction:
            rows = await transaction.run(
                ADD_USER, clerk_id=clerk_id or f"user_{uuid4().hex}", email=f"{name}@example.com", role=role
            )
        id_: int = rows[0]["id"]
        return id_

    async def add_specialty(self, title: str = "Cardiology", slug: str | None = None) -> int:
        body = {"title": title, "slug": slug or f"specialty-{next(NUMBERS)}"}
        id_: int = (await self.admin.rest("POST", "/v1/specialties", body)).json()["data"]["id"]
        return id_

    async def add_specialist(self, **fields: Any) -> int:
        """A specialist with ``fields``, its id; name and slug are made up if not given."""
        number = next(NUMBERS)
        body = {"name": f"Dr. Number {number}", "slug": f"specialist-{number}"} | fields
        response = await self.admin.rest("POST", "/v1/specialists", body)
        assert response.status_code == 201, response.text
        id_: int = response.json()["data"]["id"]
        return id_
