"""Check that a request must carry exactly one Authorization header with one Bearer token."""

import pytest

from resolvers.errors.request import Unauthorized
from resolvers.identity.identity import Reason
from resolvers.identity.session_token import bearer_token


@pytest.mark.parametrize("value", ["Bearer a.b-_.c", "bearer a.b-_.c", "BEARER a.b-_.c", "Bearer   a.b-_.c"])
def test_the_scheme_is_read_in_any_case(value: str) -> None:
    assert bearer_token([value]) == "a.b-_.c"


def test_a_missing_header_is_answered_with_how_to_send_one() -> None:
    with pytest.raises(Unauthorized) as refusal:
        bearer_token([])

    assert refusal.value.message == Reason.MISSING


@pytest.mark.parametrize(
    "values",
    [
        ["Bearer a", "Bearer a"],
        ["Bearer a", "Basic b"],
        ["Basic a", "Bearer b"],
        ["Bearer a, Bearer b"],
        ["Bearer a,b"],
        ["Bearer a b"],
        ["Bearer a\n"],
        ["Bearer a\0"],
        ["Bearer\ta"],
        ["Bearer é"],
        ["Bearer \u017f"],
        ["Bearer"],
        ["Bearer "],
        ["Bearera"],
        [" Bearer a"],
        ["Basic YTpi"],
        ["Token a"],
        ["a.b.c"],
        ["\u017fearer a"],
        [""],
    ],
)
def test_anything_but_one_bearer_token_is_unauthorized(values: list[str]) -> None:
    with pytest.raises(Unauthorized) as refusal:
        bearer_token(values)

    assert refusal.value.message == Reason.NOT_BEARER
