"""A list that is narrowed is planned for its values each time, however often it was asked for."""

import asyncpg
import pytest

from db.embedded import Addresses
from db.tenant import Tenant
from resolvers.lists import SPECIALISTS, ListRequest
from tests.clinic import Clinic


@pytest.mark.parametrize(
    "filters", [(("search", "jane"),), (("specialty_id", 1),), (("user_id", 1),), (("scheduling_active", True),)]
)
def test_a_list_that_is_narrowed_needs_a_custom_plan(filters: tuple[tuple[str, object], ...]) -> None:
    assert SPECIALISTS.query(ListRequest(filters=filters)).needs_custom_plan
    assert not SPECIALISTS.query(ListRequest()).needs_custom_plan


async def test_a_plan_of_its_own_is_asked_for_in_the_transaction_and_no_longer(
    north: Clinic, addresses: Addresses
) -> None:
    tenant = Tenant(await north.organization_id(), "member")
    connection = await asyncpg.connect(addresses.server)
    try:
        await connection.execute(tenant.begin(write=False, custom_plan=True))
        within = await connection.fetchval("show plan_cache_mode")
        await connection.execute("commit")

        assert (within, await connection.fetchval("show plan_cache_mode")) == ("force_custom_plan", "auto")
    finally:
        await connection.close()
