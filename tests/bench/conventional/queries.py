"""The query root: pages of specialists and single ones."""

from typing import Any

import strawberry
from sqlalchemy import func, select
from strawberry.types import Info

from tests.bench.conventional.loading import below, options
from tests.bench.conventional.models import ACTIVE, COLUMNS, SpecialistRow
from tests.bench.conventional.session import Context
from tests.bench.conventional.types import Specialist, SpecialistConnection

MAX_PAGE = 100


@strawberry.type
class Query:
    @strawberry.field
    async def specialists(self, info: Info[Context, None], page: int = 1, page_size: int = 25) -> SpecialistConnection:
        context, size = info.context, min(page_size, MAX_PAGE)
        mine = ACTIVE.where(COLUMNS.organization_id == context.organization_id)
        page_statement = (
            mine.order_by(COLUMNS.created_at.desc(), COLUMNS.id.desc()).limit(size).offset((page - 1) * size)
        )
        async with context.session() as session:
            rows = await session.scalars(page_statement.options(*options(below(info, "nodes"))))
            total: int | None = None
            if "totalCount" in below(info):
                total = await session.scalar(select(func.count()).select_from(mine.subquery()))
        nodes: list[Any] = list(rows)
        return SpecialistConnection(nodes=nodes, total_count=total)

    @strawberry.field
    async def specialist(self, info: Info[Context, None], id: strawberry.ID) -> Specialist | None:  # noqa: A002
        context = info.context
        one = select(SpecialistRow).where(COLUMNS.organization_id == context.organization_id, COLUMNS.id == int(id))
        async with context.session() as session:
            row: Any = await session.scalar(one.options(*options(below(info))))
        return row  # type: ignore[no-any-return]
