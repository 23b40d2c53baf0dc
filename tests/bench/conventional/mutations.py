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
        owner, specialty_ids = info.context.organization_id, [int(id_) for id_ in input.specialty_ids]
        user_id = int(input.user_id) if input.user_id else None
        async with info.context.session() as session:
            await _check_references(session, owner, user_id, specialty_ids)
            row = SpecialistRow(
                organization_id=owner, name=input.name, slug=input.slug, title=input.title, user_id=user_id
            )
            session.add(row)
            await session.flush()
            await _hold(session, row, specialty_ids)
            await _learn_words(session, row)
            return await _read_back(session, info, row)

    @strawberry.mutation
    async def update_specialist(
        self,
        info: Info[Context, None],
        id: strawberry.ID,  # noqa: A002
        input: UpdateSpecialistInput,  # noqa: A002
    ) -> Specialist | None:
        mine = select(SpecialistRow).where(COLUMNS.organization_id == info.context.organization_id)
        async with info.context.session() as session:
            row = (await session.scalars(mine.where(COLUMNS.id == int(id)).with_for_update())).one()
            for name, value in vars(input).items():
                if value is not strawberry.UNSET:
                    setattr(row, name, value)
            await session.flush()
            await session.execute(delete(specialist_words).where(*_of(row, specialist_words)))
            await _learn_words(session, row)
            return await _read_back(session, info, row)


async def _check_references(session: AsyncSession, owner: int, user_id: int | None, specialty_ids: list[int]) -> None:
    if user_id and not await session.scalar(
        select(users.c.id).where(users.c.organization_id == owner, users.c.id == user_id)
    ):
        raise ValueError("user not found")
    mine = select(func.count()).where(specialties.c.organization_id == owner, specialties.c.id.in_(specialty_ids))
    if await session.scalar(mine) != len(specialty_ids):
        raise ValueError("specialty not found")


async def _hold(session: AsyncSession, row: Any, specialty_ids: list[int]) -> None:
    key = {"organization_id": row.organization_id, "specialist_id": row.id}
    await session.execute(insert(specialist_specialties), [{**key, "specialty_id": id_} for id_ in specialty_ids])


async def _learn_words(session: AsyncSession, row: Any) -> None:
    key = {"organization_id": row.organization_id, "specialist_id": row.id}
    words = words_of(row.name, row.title)
    await session.execute(insert(specialist_words), [{**key, "word": word} for word in words])


def _of(row: Any, table: Any) -> tuple[Any, ...]:
    return table.c.organization_id == row.organization_id, table.c.specialist_id == row.id


async def _read_back(session: AsyncSession, info: Info[Context, None], row: Any) -> Specialist | None:
    one = select(SpecialistRow).where(COLUMNS.organization_id == row.organization_id, COLUMNS.id == row.id)
    fresh = one.options(*options(below(info))).execution_options(populate_existing=True)
    fresh_row: Any = await session.scalar(fresh)
    return fresh_row  # type: ignore[no-any-return]
