"""An id of another clinic is an unknown id: the same answer byte for byte, and nothing happens."""

import asyncpg
import pytest
from starlette.applications import Starlette

from resolvers.filters import SPECIALIST_FILTERS, SPECIALTY_FILTERS, USER_FILTERS
from resolvers.inputs import fields_of
from resolvers.specialists import SpecialistFields
from resolvers.specialties import SpecialtyFields
from schema.definition import SCHEMA
from tests.clinic import Clinic
from tests.isolation.belongings import Belongings, shown
from tests.isolation.graphql_inputs import leaves, root_fields
from tests.isolation.probes import BODY_IDS, FILTER_IDS, METHODS, PATHS, PROBES, Probe
from tests.isolation.rows import everything_of

every_probe = pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.name)


@pytest.mark.parametrize("role", ["admin", "patient"])
@every_probe
async def test_a_foreign_id_is_answered_like_an_unknown_one_and_does_nothing(
    probe: Probe, role: str, north: Clinic, south: Clinic, server: asyncpg.Connection
) -> None:
    own, foreign = await Belongings.of(north), await Belongings.of(south)
    member = await north.member(role).signed_in()
    before = [await everything_of(server, side.organization_id) for side in (own, foreign)]

    ids = (foreign.ids[probe.entity], *probe.unknown)
    answers = [shown(await probe.send(member, own, id_), id_) for id_ in ids]

    assert answers == [answers[0]] * len(ids)
    assert answers[0][0] < 500
    assert [await everything_of(server, side.organization_id) for side in (own, foreign)] == before


@every_probe
async def test_the_own_id_is_answered_otherwise(probe: Probe, north: Clinic) -> None:
    own = await Belongings.of(north)
    unknown, own_id = probe.unknown[0], own.ids[probe.entity]

    missing = shown(await probe.send(north.admin, own, unknown), unknown)
    answer = shown(await probe.send(north.admin, own, own_id), own_id)

    assert missing != answer
    assert "not_found" not in answer[1]


async def test_every_method_of_an_address_with_an_id_is_probed(app: Starlette, north: Clinic) -> None:
    with_id = {route.path.rstrip("/") for route in app.routes if "{id}" in route.path}  # type: ignore[attr-defined]

    records = {f"{path}/{{id}}": {*METHODS, "OPTIONS"} for path in PATHS.values()}
    probed = records | {
        "/v1/specialists/{id}/restore": {"POST", "OPTIONS"},
        "/v1/specialists/{id}/history": {"GET", "HEAD", "OPTIONS"},
    }
    allow_headers = {path: (await north.admin.rest("OPTIONS", path)).headers["allow"] for path in with_id}
    assert {path: set(methods.split(", ")) for path, methods in allow_headers.items()} == probed


def test_every_id_in_a_body_or_a_filter_is_probed() -> None:
    fields = {*fields_of(SpecialistFields), *fields_of(SpecialtyFields)}
    filters = {*SPECIALIST_FILTERS, *SPECIALTY_FILTERS, *USER_FILTERS}

    assert {name for name in fields if name.endswith(("_id", "_ids"))} == set(BODY_IDS)
    assert {name for name in filters if name.endswith(("_id", "_ids"))} == set(FILTER_IDS)


def test_every_id_of_the_schema_is_probed() -> None:
    leaf_names = [f"{field.name}({leaf})" for _, field in root_fields(SCHEMA.as_str()) for leaf in leaves(field)]
    probed = {probe.name for probe in PROBES}

    assert set(leaf_names) - probed == {"setOverrides(overrides.appointmentTypeId)"}
    assert len(leaf_names) > 15
