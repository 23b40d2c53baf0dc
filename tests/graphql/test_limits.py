"""Check what one operation may cost: its fields, lists and records are counted, whatever they belong to."""

from collections.abc import Callable

import pytest

from tests.client import ask
from tests.clinic import Clinic
from tests.roster import arrange


def _many(count: int, one: Callable[[int], str]) -> str:
    return " ".join(map(one, range(count)))


def _pages_within_pages(size: int, times: int, aliases: int) -> str:
    if times == 0:
        return "id"
    subselection = f"specialists(pageSize: {size}) {{ nodes {{ {_pages_within_pages(size, times - 1, aliases)} }} }}"
    return _many(aliases, lambda i: f"a{i}: specialties {{ {subselection} }}")


@pytest.mark.parametrize(
    ("size", "times", "aliases", "code"),
    [
        (100, 1, 1, None),
        (25, 1, 4, None),
        (2, 4, 1, None),
        (100, 1, 2, "graphql_validation_failed"),
        (100, 1, 60, "graphql_validation_failed"),
        (100, 2, 1, "graphql_validation_failed"),
        (25, 4, 1, "graphql_validation_failed"),
        (6, 4, 2, "graphql_validation_failed"),
    ],
)
@pytest.mark.parametrize(
    "how", ["", "__typename ", "__schema { queryType { name } } "], ids=["plain", "typed", "walked"]
)
async def test_pages_within_pages_do_not_multiply_without_end(
    how: str, size: int, times: int, aliases: int, code: str | None, north: Clinic
) -> None:
    await arrange(north)
    subselection = _pages_within_pages(size, times, aliases)

    reply = await ask(north.patient, f"{{ {how}specialists(pageSize: {size}) {{ nodes {{ {subselection} }} }} }}")

    assert reply.codes == ([code] if code else [])


@pytest.mark.parametrize("how", ["", "__schema { queryType { name } } "], ids=["plain", "with the schema"])
async def test_roots_are_counted_together(how: str, north: Clinic) -> None:
    subselection = _pages_within_pages(25, 1, 1)
    root = f"specialists(pageSize: $size) {{ nodes {{ {subselection} }} }}"
    document = f"query ($size: Int) {{ {how}{_many(6, lambda i: f'a{i}: {root}')} }}"

    few, many = [await ask(north.patient, document, {"size": size}) for size in (25, 100)]

    assert few.codes == []
    assert many.codes == ["graphql_validation_failed"]


@pytest.mark.parametrize("operation", ["query", "mutation"])
async def test_fields_are_counted_together(operation: str, north: Clinic) -> None:
    """A tenth of a document's size is enough to ask for each field of it a thousand times."""
    root = {"query": 'specialist(id: "0")', "mutation": 'restoreSpecialist(id: "0")'}[operation]
    fragments = (
        f"fragment W on Specialist {{ {_many(10, lambda i: f'a{i}: specialties {{ ...X }}')} }}"
        f" fragment X on Specialty {{ {_many(200, lambda i: f'b{i}: slug')} }}"
    )

    few, many = [
        await ask(north.admin, f"{operation} {{ {_many(roots, lambda i: f'r{i}: {root} {{ ...W }}')} }} {fragments}")
        for roots in (1, 2)
    ]

    assert few.codes == ["specialist_not_found"]
    assert many.codes == ["graphql_validation_failed"]
    assert "data" not in many.body


async def test_what_a_write_shows_is_bounded_too(north: Clinic) -> None:
    specialist = await north.add_specialist()
    subselection = _pages_within_pages(100, 3, 1)

    reply = await ask(
        north.admin, f'mutation {{ updateSpecialist(id: "{specialist}", input: {{}}) {{ {subselection} }} }}'
    )

    assert "data" not in reply.body
    assert reply.codes == ["graphql_validation_failed"]


async def test_a_mutation_is_refused_before_any_of_it_is_written(north: Clinic) -> None:
    """Its second field is planned under variables that are wrong further up, so that its depth shows only later."""
    specialist = await north.add_specialist()
    deep = "specialists { nodes { specialties { " * 6 + "id" + " } } }" * 6
    document = f"""mutation ($n: Int, $slug: String!) {{
        a: createSpecialty(input: {{title: "x", slug: $slug}}) {{ slug }}
        b: updateSpecialist(id: "{specialist}", input: {{}}) {{
            specialties {{ x: specialists(first: $n) {{ totalCount }} {deep} }}
        }}
    }}"""

    shallow = await ask(north.admin, document, {"n": -1, "slug": "a"})
    reply = await ask(north.admin, document, {"n": 1, "slug": "b"})

    assert shallow.codes == ["invalid_page_size"]
    assert "data" not in reply.body
    assert reply.codes == ["graphql_validation_failed"]
    assert (await ask(north.admin, '{ specialtyBySlug(slug: "b") { id } }')).codes == ["specialty_not_found"]
