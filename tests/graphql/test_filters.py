"""Each filter keeps what it says, alone and with the others."""

from collections.abc import Callable
from itertools import combinations

import pytest

from resolvers.lists import SPECIALISTS, SPECIALTIES, USERS, ListDefinition
from schema.types.filters import SpecialistFilter, SpecialtyFilter, UserFilter
from tests.client import ask
from tests.clinic import Clinic
from tests.list_rules import Row, contains, found_by_words, ordered
from tests.roster import FIRST_ID, ROSTER, small

PEOPLE = small(12)
LINKS = {(link["specialist_id"], link["specialty_id"]) for link in PEOPLE.specialist_specialties}
FILTERS: dict[str, Callable[[Row], bool]] = {
    'search: "ADA, dr."': lambda row: found_by_words(row, "ada dr"),
    f'specialtyId: "{FIRST_ID + 2}"': lambda row: (row["id"], FIRST_ID + 2) in LINKS,
    f'userId: "{FIRST_ID + 2}"': lambda row: row["user_id"] == FIRST_ID + 2,
    "schedulingActive: true": lambda row: row["scheduling_active"],
    "schedulingActive: false": lambda row: not row["scheduling_active"],
}
TOGETHER = [pair for size in (1, 2) for pair in combinations(FILTERS, size) if "Active" not in "".join(pair[:-1])]


def _ids(rows: list[Row]) -> list[str]:
    return [str(row["id"]) for row in rows]


@pytest.mark.parametrize("deleted", [True, False])
@pytest.mark.parametrize("filters", TOGETHER, ids=" and ".join)
async def test_filters_keep_what_all_of_them_keep(filters: tuple[str, ...], deleted: bool, west: Clinic) -> None:
    expected = [row for row in PEOPLE.specialists if bool(row["deleted_at"]) is deleted]
    expected = [row for row in expected if all(FILTERS[name](row) for name in filters)]

    reply = await ask(
        west.patient,
        f"{{ specialists(deleted: {str(deleted).lower()}, sort: ID_ASC, filter: {{ {', '.join(filters)} }})"
        " { totalCount nodes { id } } }",
    )

    assert [node["id"] for node in reply.data["specialists"]["nodes"]] == _ids(ordered(expected, "id"))
    assert reply.data["specialists"]["totalCount"] == len(expected)


WORDS = [
    "moreau",
    "MOR",
    "angela nunez",
    "Ángela",
    "ödön",
    "ODON",
    "o'brien",
    "jr",
    "lukasz",
    "żółw",
    "外科",
    "小",
    "zzz",
    "dr dr",
]


@pytest.mark.parametrize("search", WORDS)
async def test_a_search_finds_words_that_begin_so_whatever_their_case_and_accents(search: str, west: Clinic) -> None:
    expected = [row for row in PEOPLE.specialists if not row["deleted_at"] and found_by_words(row, search)]

    reply = await ask(
        west.patient,
        "query ($s: String) { specialists(sort: ID_ASC, filter: {search: $s}) { nodes { id } } }",
        {"s": search},
    )

    assert [node["id"] for node in reply.data["specialists"]["nodes"]] == _ids(ordered(expected, "id"))


async def test_a_search_of_more_words_than_are_looked_at_is_refused(west: Clinic) -> None:
    reply = await ask(west.patient, '{ specialists(filter: {search: "a b c d e f g nobody"}) { totalCount } }')
    again = await ask(west.patient, '{ specialists(filter: {search: "a b c d e f g h nobody"}) { totalCount } }')

    assert reply.text == '{"specialists":{"totalCount":0}}'
    assert again.codes == ["invalid_search"]


TITLES = ["cardio", "CARDIO", "ology", "ärztliche", "ÄRZTLICHE", "Ärztliche Kunst", "y's", "%", "_", "l M", " kunst "]


@pytest.mark.parametrize("search", TITLES)
async def test_a_specialty_is_found_by_any_part_of_its_title_whatever_the_case(search: str, west: Clinic) -> None:
    expected = [row for row in ROSTER.specialties if contains(search.strip(), "title")(row)]

    reply = await ask(
        west.patient,
        "query ($s: String) { specialties(sort: ID_ASC, filter: {search: $s}) { nodes { id } totalCount } }",
        {"s": search},
    )

    assert [node["id"] for node in reply.data["specialties"]["nodes"]] == _ids(ordered(expected, "id"))
    assert reply.data["specialties"]["totalCount"] == len(expected)


@pytest.mark.parametrize("search", ["ada", "ADA", "@example", "ödön", "ÖDÖN", "zzz"])
async def test_a_user_is_found_by_any_part_of_name_or_address_whatever_the_case(search: str, west: Clinic) -> None:
    expected = [row for row in ROSTER.users if contains(search, "email", "username")(row)]

    reply = await ask(
        west.admin, "query ($s: String) { users(filter: {search: $s}) { nodes { id } totalCount } }", {"s": search}
    )

    assert [node["id"] for node in reply.data["users"]["nodes"]] == _ids(ordered(expected, "id"))


@pytest.mark.parametrize("role", ["admin", "specialist", "patient"])
async def test_users_are_kept_by_role(role: str, west: Clinic) -> None:
    expected = [row for row in ROSTER.users if row["role"] == role]

    reply = await ask(west.admin, f'{{ users(filter: {{role: "{role}"}}) {{ nodes {{ id role }} }} }}')

    users = reply.data["users"]["nodes"]
    assert [user["role"] for user in users] == [role] * len(users)
    assert [user["id"] for user in users if int(user["id"]) >= FIRST_ID] == _ids(ordered(expected, "id"))


async def test_only_admins_list_users(west: Clinic) -> None:
    for member in (west.patient, west.specialist):
        assert (await ask(member, "{ users { totalCount } }")).codes == ["forbidden"]


@pytest.mark.parametrize(
    ("filter_input", "list_"),
    [(SpecialistFilter, SPECIALISTS), (SpecialtyFilter, SPECIALTIES), (UserFilter, USERS)],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_graphql_takes_the_filters_of_the_list(filter_input: type[object], list_: ListDefinition) -> None:
    """``deleted`` is an argument of its own."""
    fields = list(filter_input.__annotations__)

    assert fields == [name for name in list_.filters if name != "deleted"], (
        "a filter stands in resolvers/filters.py and, with its description, in schema/types/filters.py"
    )
