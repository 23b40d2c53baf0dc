"""What is asked for is what is answered: aliases, fragments, merged fields, the order of keys."""

import pytest

from tests.client import ask
from tests.clinic import Clinic
from tests.roster import FIRST_ID

PARTS = {
    "ADA": f'specialist(id: "{FIRST_ID}")',
    "ANGELA": f'specialist(id: "{FIRST_ID + 1}")',
    "HEART": f'specialty(id: "{FIRST_ID}")',
    "$name": '"name":"Dr. Ada Moreau"',
    "$title": '"title":"Cardiologist"',
    "$slug": '"slug":"specialist-0"',
    "$user": '"user":{"username":"ada","email":"ada@example.com"}',
}


def _whole(text: str) -> str:
    for part, whole in PARTS.items():
        text = text.replace(part, whole)
    return text


ANSWERS = {
    "a field twice": ("{ name name }", "{$name}"),
    "an alias": ("{ who: name }", '{"who":"Dr. Ada Moreau"}'),
    "several aliases of a field": ("{ a: name name b: name }", '{"a":"Dr. Ada Moreau",$name,"b":"Dr. Ada Moreau"}'),
    "aliases that swap two fields": ("{ name: title title: name }", '{"name":"Cardiologist","title":"Dr. Ada Moreau"}'),
    "aliases named like other fields": ("{ email: slug id: name }", '{"email":"specialist-0","id":"Dr. Ada Moreau"}'),
    "an alias in upper case beside the field": ("{ NAME: slug name }", '{"NAME":"specialist-0",$name}'),
    "aliases of underscores": (
        "{ _: slug __: title _1: name }",
        '{"_":"specialist-0","__":"Cardiologist","_1":"Dr. Ada Moreau"}',
    ),
    "aliases that mean something to SQL": (
        "{ select: name from: title null: slug json: version row_to_json: name }",
        '{"select":"Dr. Ada Moreau","from":"Cardiologist","null":"specialist-0","json":"1",'
        '"row_to_json":"Dr. Ada Moreau"}',
    ),
    "aliases that mean something to Python": (
        "{ class: name __class__: title None: slug self: name }",
        '{"class":"Dr. Ada Moreau","__class__":"Cardiologist","None":"specialist-0","self":"Dr. Ada Moreau"}',
    ),
    "an inline fragment": ("{ ... on Specialist { name } title }", "{$name,$title}"),
    "an inline fragment without a type": ("{ ... { name } title }", "{$name,$title}"),
    "a named fragment": ("{ slug ...F } fragment F on Specialist { name title }", "{$slug,$name,$title}"),
    "a fragment twice": ("{ ...F ...F slug } fragment F on Specialist { name }", "{$name,$slug}"),
    "fragments within fragments": (
        "{ ...A } fragment A on Specialist { title ...B } fragment B on Specialist { name ...C }"
        " fragment C on Specialist { slug title }",
        "{$title,$name,$slug}",
    ),
    "a fragment that two others share": (
        "{ ...A ...B } fragment A on Specialist { title ...C } fragment B on Specialist { slug ...C }"
        " fragment C on Specialist { name }",
        "{$title,$name,$slug}",
    ),
    "a key keeps the place where it first stood": ("{ slug ... { name slug } title name }", "{$slug,$name,$title}"),
    "sub-selections of one key merge": (
        "{ user { username } name user { email username } }",
        "{$user,$name}",
    ),
    "sub-selections merge across fragments": (
        "{ ...A ... on Specialist { user { ...E } } } fragment A on Specialist { user { username } }"
        " fragment E on User { email }",
        "{$user}",
    ),
    "a fragment used at two places is entered at both": (
        "{ user { ...E } again: user { id: role ...E } } fragment E on User { email }",
        '{"user":{"email":"ada@example.com"},"again":{"id":"specialist","email":"ada@example.com"}}',
    ),
    "an alias splits what else would merge": (
        "{ user { username } other: user { email } }",
        '{"user":{"username":"ada"},"other":{"email":"ada@example.com"}}',
    ),
}


@pytest.mark.parametrize("case", ANSWERS)
async def test_a_record_holds_what_the_document_asks_for_in_its_order(case: str, west: Clinic) -> None:
    selection, expected = ANSWERS[case]
    subselection, _, fragments = selection.partition(" fragment ")
    document = f"{{ ADA {subselection} }}" + (f" fragment {fragments}" if fragments else "")

    reply = await ask(west.patient, _whole(document))

    assert reply.text == _whole(f'{{"specialist":{expected}}}')


# names that a statement gives to its own tables and columns, among them those of these very reads
NAMES_IN_SQL = [
    "row",
    "row_1",
    "row_2",
    "row_3",
    "row_4",
    "specialists",
    "specialists_2",
    "users",
    "page",
    "lists",
    "totals",
    "list0",
    "key",
    "json",
    "pair",
]


@pytest.mark.parametrize("alias", NAMES_IN_SQL)
async def test_an_alias_cannot_be_taken_for_a_table_of_the_statement(alias: str, west: Clinic) -> None:
    reply = await ask(west.patient, _whole(f"{{ ADA {{ {alias}: name user {{ {alias}: email }} }} }}"))

    assert reply.text == f'{{"specialist":{{"{alias}":"Dr. Ada Moreau","user":{{"{alias}":"ada@example.com"}}}}}}'


@pytest.mark.parametrize("alias", NAMES_IN_SQL)
async def test_an_alias_within_a_page_cannot_be_taken_for_a_table_either(alias: str, west: Clinic) -> None:
    reply = await ask(
        west.patient,
        f"{{ specialists(first: 1, sort: ID_ASC) {{ {alias}: nodes {{ {alias}: user {{ {alias}: username }} }}"
        f" i: pageInfo {{ {alias}: pageSize }} }} }}",
    )

    assert reply.text == (f'{{"specialists":{{"{alias}":[{{"{alias}":{{"{alias}":"ada"}}}}],"i":{{"{alias}":1}}}}}}')


async def test_root_fields_merge_across_fragments(west: Clinic) -> None:
    reply = await ask(
        west.patient,
        _whole("{...A viewer {role} ...B} fragment A on Query {ADA {name}} fragment B on Query {ADA {slug}}"),
    )

    assert reply.text == _whole('{"specialist":{$name,$slug},"viewer":{"role":"patient"}}')


async def test_one_field_under_two_aliases_takes_two_sets_of_arguments(west: Clinic) -> None:
    reply = await ask(west.patient, _whole("{ a: ADA { name } b: ANGELA { name } }"))

    assert reply.text == _whole('{"a":{$name},"b":{"name":"Dr. Ángela Núñez"}}')


async def test_lists_below_merge_too(west: Clinic) -> None:
    reply = await ask(
        west.patient,
        "{ specialists(first: 1, sort: ID_ASC) { nodes { name } nodes { slug } edges { node { name } } totalCount"
        " edges { node { slug } } } }",
    )

    assert reply.text == _whole(
        '{"specialists":{"nodes":[{$name,$slug}],"edges":[{"node":{$name,$slug}}],"totalCount":11}}'
    )


async def test_pages_of_one_parent_under_two_aliases_do_not_mix(west: Clinic) -> None:
    reply = await ask(
        west.patient,
        _whole(
            "{ HEART { a: specialists(first: 1) { nodes { id } totalCount }"
            " b: specialists(page: 2, pageSize: 1) { totalCount nodes { id } } } }"
        ),
    )

    first, second = reply.data["specialty"]["a"], reply.data["specialty"]["b"]
    assert list(first) == ["nodes", "totalCount"]
    assert list(second) == ["totalCount", "nodes"]
    assert first["nodes"] != second["nodes"]


@pytest.mark.parametrize("length", [62, 63, 64, 65, 100, 1_000])
async def test_an_alias_may_be_longer_than_an_identifier_of_sql(length: int, west: Clinic) -> None:
    one, other = "a" * length, "a" * (length - 1) + "b"

    reply = await ask(west.patient, _whole(f"{{ ADA {{ {one}: name {other}: user {{ {one}: email }} }} }}"))

    assert reply.text == (f'{{"specialist":{{"{one}":"Dr. Ada Moreau","{other}":{{"{one}":"ada@example.com"}}}}}}')


LONG = "x" * 64
LONG_ALIASES = {
    "at the root": (f"{{ {LONG}: viewer {{ role }} }}", f'{{"{LONG}":{{"role":"patient"}}}}'),
    "of the viewer": (f"{{ viewer {{ {LONG}: role }} }}", f'{{"viewer":{{"{LONG}":"patient"}}}}'),
    "of the organization": (
        f"{{ viewer {{ organization {{ {LONG}: __typename }} }} }}",
        f'{{"viewer":{{"organization":{{"{LONG}":"Organization"}}}}}}',
    ),
    "of a page": (f"{{ specialists {{ {LONG}: totalCount }} }}", f'{{"specialists":{{"{LONG}":11}}}}'),
    "of a page's own account": (
        f"{{ specialists {{ i: pageInfo {{ {LONG}: page }} }} }}",
        f'{{"specialists":{{"i":{{"{LONG}":1}}}}}}',
    ),
    "of lists and edges": (
        f"{{ specialists(first: 1) {{ {LONG}: edges {{ {LONG}: node {{ {LONG}: __typename }} }} }} }}",
        f'{{"specialists":{{"{LONG}":[{{"{LONG}":{{"{LONG}":"Specialist"}}}}]}}}}',
    ),
    "of a page below": (
        f"{{ HEART {{ {LONG}: specialists(first: 1) {{ {LONG}: nodes {{ {LONG}: __typename }} }} }} }}",
        f'{{"specialty":{{"{LONG}":{{"{LONG}":[{{"{LONG}":"Specialist"}}]}}}}}}',
    ),
}


@pytest.mark.parametrize("place", LONG_ALIASES)
async def test_a_long_alias_may_stand_anywhere(place: str, west: Clinic) -> None:
    document, expected = LONG_ALIASES[place]

    reply = await ask(west.patient, _whole(document))

    assert reply.text == expected


@pytest.mark.parametrize("size", [50, 51, 200])
async def test_an_object_may_have_more_keys_than_a_function_of_sql_has_arguments(size: int, west: Clinic) -> None:
    aliases = [f"a{number}" for number in range(size)]

    reply = await ask(west.patient, _whole(f"{{ ADA {{ {' '.join(f'{aliase}: slug' for aliase in aliases)} }} }}"))

    assert list(reply.data["specialist"]) == aliases
    assert set(reply.data["specialist"].values()) == {"specialist-0"}
