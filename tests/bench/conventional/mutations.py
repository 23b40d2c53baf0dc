"""The mutation root: a specialist is made or changed, and read back in the same transaction."""

from typing import Any

import strawberry
from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from strawberry.types import Info

from db.search_words import words_of
from db.tables import specialist_specialties, specialist_words, specialties, users
from tests.bench.conventional.loading import below, options
from tests.bench.conventional.models import COLUMNS, SpecialistRow
from tests.bench.conventional.session import Context
from tests.bench.conventional.types import CreateSpecialistInput, Specialist, UpdateSpecialistInput


@strawberry.type
class Mutation:
    @strawberry.mutation
    async def create_specialist(self, info: Info[Context, None], input: CreateSpecialistInput) -> Specialist | None:  # noqa: A002
        owner, held = info.context.organization_id, [int(id_) for id_ in input.specialty_ids]
        user_id = int(input.user_id) if input.user_id else None
        async with info.context.session() as session:
            await _check_references(session, owner, user_id, held)
            made = SpecialistRow(
                organization_id=owner, name=input.name, slug=input.slug, title=input.title, user_id=user_id
            )
            session.add(made)
            await session.flush()
            await _hold(session, made, held)
            await _learn_words(session, made)
            return await _read_back(session, info, made)

    @strawberry.mutation
    async def update_specialist(
        self,
        info: Info[Context, None],
        id: strawberry.ID,  # noqa: A002
        input: UpdateSpecialistInput,  # noqa: A002
    ) -> Specialist | None:
        mine = select(SpecialistRow).where(COLUMNS.organization_id == info.context.organization_id)
        async with info.context.session() as session:
            found = (await session.scalars(mine.where(COLUMNS.id == int(id)).with_for_update())).one()
            for name, value in vars(input).items():
                if value is not strawberry.UNSET:
                    setattr(found, name, value)
            await session.flush()
            await session.execute(delete(specialist_words).where(*_of(found, specialist_words)))
            await _learn_words(session, found)
            return await _read_back(session, info, found)


async def _check_references(session: AsyncSession, owner: int, user_id: int | None, held: list[int]) -> None:
    if user_id and not await session.scalar(
        select(users.c.id).where(users.c.organization_id == owner, users.c.id == user_id)
    ):
        raise ValueError("user not found")
    mine = select(func.count()).where(specialties.c.organization_id == owner, specialties.c.id.in_(held))
    if await session.scalar(mine) != len(held):
        raise ValueError("specialty not found")


async def _hold(session: AsyncSession, made: Any, held: list[int]) -> None:
    key = {"organization_id": made.organization_id, "specialist_id": made.id}
    await session.execute(insert(specialist_specialties), [{**key, "specialty_id": id_} for id_ in held])


async def _learn_words(session: AsyncSession, found: Any) -> None:
    key = {"organization_id": found.organization_id, "specialist_id": found.id}
    words = words_of(found.name, found.title)
    await session.execute(insert(specialist_words), [{**key, "word": word} for word in words])


def _of(found: Any, table: Any) -> tuple[Any, ...]:
    return table.c.organization_id == found.organization_id, table.c.specialist_id == found.id


async def _read_back(session: AsyncSession, info: Info[Context, None], made: Any) -> Specialist | None:
    one = select(SpecialistRow).where(COLUMNS.organization_id == made.organization_id, COLUMNS.id == made.id)
    fresh = one.options(*options(below(info))).execution_options(populate_existing=True)
    found: Any = await session.scalar(fresh)
    return found  # type: ignore[no-any-return]
