"""Documents made to hurt are refused, or answered, before they cost much."""

from collections.abc import Callable
from time import process_time

import pytest

from tests.client import ask
from tests.clinic import Clinic
from tests.roster import FIRST_ID

BUDGET = 1.0  # seconds of this process, far more than is needed
ADA = f'specialist(id: "{FIRST_ID}")'
WORDS = "a b c d e f g h"
SORTS = "TITLE_ASC NAME_DESC CREATED_AT_ASC"
Make = Callable[[], str]


def _many(count: int, one: Callable[[int], str]) -> str:
    return " ".join(map(one, range(count)))


def _fan_out(depth: int, width: int) -> str:
    """Fragments that each spread the next ``width`` times: ``width`` to the power of ``depth`` paths."""
    links = _many(depth, lambda i: f"fragment F{i} on Specialist {{ {f'...F{i + 1} ' * width} }}")
    return f"{{ {ADA} {{ ...F0 }} }} {links} fragment F{depth} on Specialist {{ name }}"


def _doubling(levels: int, width: int) -> str:
    """Fragments that each reach the next under ``width`` aliases, so that nothing merges."""

    def step(level: int) -> str:
        there = f"specialists(first: 1) {{ nodes {{ ...F{level + 1} }} }}"
        subselection = _many(width, lambda n: f"a{n}: specialties {{ b{n}: {there} }}")
        return f"fragment F{level} on Specialist {{ {subselection} }}"

    return f"{{ {ADA} {{ ...F0 }} }} {_many(levels, step)} fragment F{levels} on Specialist {{ name }}"


def _deep(levels: int) -> str:
    return "{ " + "specialties { nodes { specialists { nodes { " * levels + "id" + " } } } }" * levels + " }"


def _wide_roots(roots: int, fields: int) -> str:
    """Many roots that share one wide fragment: the document is their sum, the answer their product."""
    fragment = f"fragment W on Specialist {{ {_many(fields, lambda i: f'f{i}: name')} }}"
    return f"{{ {_many(roots, lambda i: f'r{i}: {ADA} {{ ...W }}')} }} {fragment}"


def _unused(count: int) -> str:
    return f"{{ viewer {{ role }} }} {_many(count, lambda i: f'fragment F{i} on Viewer {{ role }}')}"


def _circle(length: int) -> str:
    links = _many(length, lambda i: f"fragment F{i} on Viewer {{ ...F{(i + 1) % length} }}")
    return f"{{ viewer {{ ...F0 }} }} {links}"


def _conflicts(count: int) -> str:
    """The same key over and over, through fragments: each pair has to be compared."""
    links = _many(count, lambda i: f"fragment F{i} on Specialist {{ user {{ a{i}: email }} }}")
    return f"{{ {ADA} {{ {_many(count, lambda i: f'...F{i}')} }} }} {links}"


def _search(number: int) -> str:
    return f'a{number}: specialists(filter: {{search: "{WORDS}"}}) {{ totalCount }}'


def _sorted_page(number: int) -> str:
    return f"a{number}: specialists(last: 1, sort: [{SORTS}]) {{ edges {{ cursor }} pageInfo {{ hasPreviousPage }} }}"


HOSTILE: dict[str, Make] = {
    "fragments that fan out 80 deep": lambda: _fan_out(80, 2),
    "fragments that fan out 300 deep": lambda: _fan_out(300, 2),
    "fragments that fan out 20 wide": lambda: _fan_out(40, 20),
    "a fragment within itself": lambda: _circle(1),
    "fragments in a circle": lambda: _circle(300),
    "1,000 fragments that are not used": lambda: _unused(1_000),
    "400 fragments that are not used": lambda: _unused(400),
    "aliases that double 4 times": lambda: _doubling(4, 2),
    "aliases that double 20 times": lambda: _doubling(20, 2),
    "aliases that grow by 12 three times": lambda: _doubling(3, 12),
    "aliases that grow by 60 once": lambda: _doubling(1, 60),
    "800 objects of one key": lambda: f"{{ {f'{ADA} {{ name }} ' * 800} }}",
    "190 objects of one key": lambda: f"{{ {f'{ADA} {{ name }} ' * 190} }}",
    "740 objects of one key, below": lambda: f"{{ {ADA} {{ {'user { id } ' * 740} }} }}",
    "370 objects of one key and several fields": lambda: (
        f"{{ {ADA} {{ {'user { id role email __typename } ' * 370} }} }}"
    ),
    "250 fragments of one key": lambda: _conflicts(250),
    "5,000 fields": lambda: f"{{ {ADA} {{ {'name ' * 5_000} }} }}",
    "2,900 fields": lambda: f"{{ {ADA} {{ {'name ' * 2_900} }} }}",
    "900 aliases": lambda: f"{{ {ADA} {{ {_many(900, lambda i: f'a{i}: name')} }} }}",
    "900 aliases of objects": lambda: f"{{ {ADA} {{ {_many(480, lambda i: f'a{i}: user {{ id }}')} }} }}",
    "300 root fields": lambda: f"{{ {_many(300, lambda i: f'a{i}: viewer {{ role }}')} }}",
    "100 lists": lambda: f"{{ {_many(100, lambda i: f'a{i}: specialists(first: 1) {{ totalCount }}')} }}",
    "130 searches for eight words": lambda: f"{{ {_many(130, _search)} }}",
    "80 pages by cursor of every sort key": lambda: f"{{ {_many(80, _sorted_page)} }}",
    "10 roots of one wide fragment": lambda: _wide_roots(10, 900),
    "100 roots of one wide fragment": lambda: _wide_roots(100, 600),
    "200 roots of one wide fragment": lambda: _wide_roots(200, 400),
    "depth of 100": lambda: _deep(25),
    "depth of 5,000": lambda: _deep(1_250),
    "depth of braces": lambda: "{" * 5_000,
    "depth of inline fragments": lambda: f"{{ viewer {{ {'... {' * 1_000} role {'}' * 1_000} }} }}",
    "depth of lists": lambda: f"{{ specialists(sort: {'[' * 1_400}NAME_ASC{']' * 1_400}) {{ totalCount }} }}",
    "depth of objects": lambda: f"{{ specialists(filter: {'{search: ' * 700}1{'}' * 700}) {{ totalCount }} }}",
    "depth of types": lambda: f"query ($a: {'[' * 1_400}Int{']' * 1_400}) {{ viewer {{ role }} }}",
    "1,000 directives": lambda: f"{{ viewer {{ role {'@include(if: true) ' * 1_000} }} }}",
    "400 directives": lambda: f"{{ viewer {{ role {'@include(if: true) ' * 400} }} }}",
    "1,000 unknown directives": lambda: f"{{ viewer {{ role {'@aa ' * 1_000} }} }}",
    "400 fields with a directive each": lambda: f"{{ viewer {{ {'role @include(if: true) ' * 400} }} }}",
    "1,000 unknown fields": lambda: f"{{ viewer {{ {_many(1_000, lambda i: f'n{i}')} }} }}",
    "500 unknown arguments": lambda: f"{{ specialists({_many(500, lambda i: f'n{i}: 1')}) {{ totalCount }} }}",
    "500 variables": lambda: f"query ({_many(500, lambda i: f'$v{i}: Int')}) {{ viewer {{ role }} }}",
    "500 operations": lambda: _many(500, lambda i: f"query Q{i} {{ __typename }}"),
    "a huge string": lambda: f'{{ specialists(filter: {{search: "{"x" * 900_000}"}}) {{ totalCount }} }}',
    "a huge name": lambda: f"{{ viewer {{ {'x' * 900_000} }} }}",
    "a huge alias": lambda: f"{{ viewer {{ {'x' * 900_000}: role }} }}",
    "a huge integer": lambda: f"{{ specialists(page: {'9' * 5_000}) {{ totalCount }} }}",
    "a very huge integer": lambda: f"{{ specialists(page: {'9' * 900_000}) {{ totalCount }} }}",
    "a huge id": lambda: f"{{ specialist(id: {'9' * 100_000}) {{ id }} }}",
    "a huge float": lambda: f"{{ specialists(page: 1.{'9' * 100_000}e999999) {{ totalCount }} }}",
    "a huge comment": lambda: "#" + "x" * 900_000 + "\n{ viewer { role } }",
    "a million commas": lambda: "{ viewer { role " + "," * 1_000_000 + "} }",
    "a block string of many lines": lambda: (
        '{ specialists(filter: {search: """' + "\n  a" * 200_000 + '"""}) { totalCount } }'
    ),
    "a long list of sorts": lambda: f"{{ specialists(sort: [{'NAME_ASC ' * 2_000}]) {{ totalCount }} }}",
    "circles of introspection": lambda: (
        "{ __schema { types { " + "fields { type { " * 20 + "name" + " } }" * 20 + " } } }"
    ),
    "wide introspection": lambda: f"{{ {_many(200, lambda i: f'a{i}: __schema {{ types {{ name }} }}')} }}",
}


@pytest.mark.parametrize("case", HOSTILE)
async def test_a_hostile_document_costs_little_and_breaks_nothing(case: str, west: Clinic) -> None:
    document = HOSTILE[case]()
    since = process_time()

    reply = await ask(west.patient, document)

    assert process_time() - since < BUDGET
    assert reply.status < 500
    assert all(error["extensions"]["status"] < 500 for error in reply.errors)
    assert len(reply.errors) <= 5 or all("path" in error for error in reply.errors)


@pytest.mark.parametrize(
    "document",
    [
        f"{{ {'users { totalCount } ' * 480} }}",
        f"{{ specialists {{ nodes {{ {'specialties { id } ' * 490} }} }} }}",
        f"{{ __schema {{ {'queryType { name } ' * 480} }} }}",
    ],
)
async def test_fields_that_repeat_too_often_are_refused_in_a_sentence(document: str, west: Clinic) -> None:
    reply = await ask(west.patient, document)

    assert reply.codes == ["graphql_validation_failed"]
    assert reply.errors[0]["message"].startswith("The document repeats too many fields")


@pytest.mark.parametrize(
    ("document", "variables"),
    [
        ("{ a b c d e f g h i j }", {}),
        ("{ viewer { role @a @b @c @d @e @f @g @h } }", {}),
        ("query ($f: [SpecialistSort!]) { specialists(sort: $f) { totalCount } }", {"f": ["x"] * 50}),
        (
            "query ($f: SpecialistFilter) { specialists(filter: $f) { totalCount } }",
            {"f": {f"x{i}": 1 for i in range(50)}},
        ),
    ],
)
async def test_no_more_than_five_errors_are_told_of_one_document(
    document: str, variables: dict[str, object], west: Clinic
) -> None:
    reply = await ask(west.patient, document, variables)

    assert 1 <= len(reply.errors) <= 5


@pytest.mark.parametrize("size", [10_000, 60_000])
async def test_a_long_list_of_variables_costs_little(size: int, west: Clinic) -> None:
    since = process_time()

    reply = await ask(
        west.patient,
        "query ($s: [SpecialistSort!]) { specialists(sort: $s) { totalCount } }",
        {"s": ["NAME_ASC"] * size},
    )

    assert process_time() - since < BUDGET
    assert reply.status < 500
