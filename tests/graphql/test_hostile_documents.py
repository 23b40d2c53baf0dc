"""Check how hostile documents are refused; ``tests/fuzz/test_hostile.py`` measures what they cost."""

import pytest

from tests.client import ask
from tests.clinic import Clinic


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
