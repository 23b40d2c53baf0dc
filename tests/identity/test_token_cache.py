"""A verified token is cached, never for too long."""

import pytest

from resolvers.errors.request import Unauthorized
from resolvers.identity.identity import Identity
from resolvers.identity.keys import PinnedKey
from resolvers.identity.verifier import TokenCache, Verifier
from tests.identity.tokens import ISSUER, NOW, Clock, key, session

SOMEONE = Identity("user_1", "sess_1", None, None, None, NOW + 60)


def verifier_with(clock: Clock) -> Verifier:
    return Verifier(ISSUER, PinnedKey(key().public_key()), clock=clock)


async def test_a_verified_token_is_cached_at_once() -> None:
    verifier, token = verifier_with(Clock()), session()

    assert verifier.cached_identity(token) is None
    identity = await verifier.verify(token)
    assert verifier.cached_identity(token) is identity
    assert await verifier.verify(token) is identity


async def test_a_token_is_not_served_past_its_expiry() -> None:
    clock, token = Clock(), session()
    verifier = verifier_with(clock)
    await verifier.verify(token)

    clock.now = NOW + 64.9
    assert verifier.cached_identity(token)
    clock.now = NOW + 65
    assert verifier.cached_identity(token) is None
    with pytest.raises(Unauthorized, match="expired"):
        await verifier.verify(token)


async def test_a_token_that_lives_for_years_is_verified_again_after_five_minutes() -> None:
    clock, token = Clock(), session({"exp": NOW + 10**8})
    verifier = verifier_with(clock)
    await verifier.verify(token)

    clock.now = NOW + 299
    assert verifier.cached_identity(token)
    clock.now = NOW + 300
    assert verifier.cached_identity(token) is None


def test_the_oldest_token_makes_room() -> None:
    tokens = TokenCache(max_tokens=3)
    for name in "abcd":
        tokens.set(name, SOMEONE, NOW)

    assert [name for name in "abcd" if tokens.get(name, NOW)] == ["b", "c", "d"]
    assert len(tokens) == 3


def test_ten_thousand_tokens_are_the_most() -> None:
    tokens = TokenCache()
    for number in range(10_050):
        tokens.set(str(number), SOMEONE, NOW)

    assert len(tokens) == 10_000


def test_an_expired_token_leaves_when_it_is_asked_for() -> None:
    tokens = TokenCache()
    tokens.set("a", SOMEONE, NOW)

    assert tokens.get("a", NOW + 66) is None
    assert len(tokens) == 0


@pytest.mark.parametrize("token", ["", "a" * 1_000_000, "\ud800", "é\0"], ids=["empty", "long", "surrogate", "odd"])
def test_what_is_no_token_is_not_in_the_cache(token: str) -> None:
    assert TokenCache().get(token, NOW) is None


def test_a_longer_token_is_not_taken_for_its_beginning() -> None:
    tokens, longest = TokenCache(), "a" * 8192
    tokens.set(longest, SOMEONE, NOW)

    assert tokens.get(longest, NOW)
    assert tokens.get(longest + "a", NOW) is None
    assert tokens.get("a" * 1_000_000, NOW) is None
