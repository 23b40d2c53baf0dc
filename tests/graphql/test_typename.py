"""Check ``__typename`` on every object."""

from tests.client import ask
from tests.clinic import Clinic
from tests.roster import FIRST_ID

EVERYWHERE = """
query ($id: ID!) {
  __typename
  viewer { __typename organization { __typename } user { __typename } }
  specialist(id: $id) {
    __typename
    user { __typename }
    weeklyHours { __typename }
    overrides { __typename }
    specialties { __typename }
  }
  specialists(first: 1) {
    __typename
    nodes { __typename }
    edges { __typename node { __typename } }
    pageInfo { __typename }
  }
  specialties(first: 1) {
    __typename
    nodes { __typename specialists(first: 1) { __typename edges { __typename node { __typename } } } }
    edges { __typename node { __typename } }
    pageInfo { __typename }
  }
  users(page: 1, pageSize: 1) { __typename nodes { __typename } edges { __typename node { __typename } } }
}
"""


def _names(value: object) -> set[str]:
    """The path of every object and the type it says it is."""
    type_names: set[str] = set()

    def look(at: object, path: str) -> None:
        if isinstance(at, dict):
            type_names.add(f"{path}: {at.get('__typename')}")
            for key, value in at.items():
                look(value, f"{path}/{key}")
        elif isinstance(at, list):
            for value in at:
                look(value, path)

    look(value, "")
    return type_names


async def test_typename_is_known_at_every_level(west: Clinic) -> None:
    reply = await ask(west.admin, EVERYWHERE, {"id": str(FIRST_ID)})

    assert reply.errors == []
    assert _names(reply.data) == {
        ": Query",
        "/viewer: Viewer",
        "/viewer/organization: Organization",
        "/viewer/user: User",
        "/specialist: Specialist",
        "/specialist/user: User",
        "/specialist/weeklyHours: WeeklyHours",
        "/specialist/overrides: Override",
        "/specialists: SpecialistConnection",
        "/specialists/nodes: Specialist",
        "/specialists/edges: SpecialistEdge",
        "/specialists/edges/node: Specialist",
        "/specialists/pageInfo: PageInfo",
        "/specialties: SpecialtyConnection",
        "/specialties/nodes: Specialty",
        "/specialties/nodes/specialists: SpecialistConnection",
        "/specialties/nodes/specialists/edges: SpecialistEdge",
        "/specialties/nodes/specialists/edges/node: Specialist",
        "/specialties/edges: SpecialtyEdge",
        "/specialties/edges/node: Specialty",
        "/specialties/pageInfo: PageInfo",
        "/users: UserConnection",
        "/users/nodes: User",
        "/users/edges: UserEdge",
        "/users/edges/node: User",
    }


async def test_an_operation_may_ask_for_nothing_but_typenames(west: Clinic) -> None:
    reply = await ask(west.patient, "{ a: __typename __typename b: __typename }")

    assert reply.text == '{"a":"Query","__typename":"Query","b":"Query"}'


async def test_typename_keeps_its_place_among_the_root_fields(west: Clinic) -> None:
    reply = await ask(west.patient, "{ viewer { role } t: __typename other: viewer { __typename role } }")

    assert reply.text == ('{"viewer":{"role":"patient"},"t":"Query","other":{"__typename":"Viewer","role":"patient"}}')


async def test_a_mutation_knows_its_own_name(north: Clinic) -> None:
    reply = await ask(
        north.admin, 'mutation { t: __typename createSpecialty(input: {title: "A", slug: "a"}) { __typename slug } }'
    )

    assert reply.text == '{"t":"Mutation","createSpecialty":{"__typename":"Specialty","slug":"a"}}'
