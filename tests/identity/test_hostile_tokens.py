"""Every token that must not be accepted is refused as unauthorized, for its own flaw."""

import pytest

from resolvers.errors.request import Unauthorized
from resolvers.identity.identity import Reason
from resolvers.identity.keys import PinnedKey
from resolvers.identity.verifier import Verifier
from tests.identity.endpoint import published
from tests.identity.hostile import HOSTILE, ORIGIN
from tests.identity.tokens import ABSENT, ISSUER, Clock, key, pinned, session


@pytest.mark.parametrize(("token", "reason"), [pytest.param(token, reason, id=name) for name, token, reason in HOSTILE])
async def test_a_hostile_token_is_unauthorized_and_not_cached(token: str, reason: Reason) -> None:
    verifier = pinned(authorized_parties=frozenset({ORIGIN}))

    with pytest.raises(Unauthorized) as refusal:
        await verifier.verify(token)

    assert refusal.value.message == reason
    assert verifier.cached_identity(token) is None


async def test_published_keys_refuse_all_hostile_tokens_with_one_more_visit() -> None:
    async with published() as scene:
        verifier = Verifier(ISSUER, scene.keys, frozenset({ORIGIN}), scene.clock)

        for name, token, reason in HOSTILE:
            with pytest.raises(Unauthorized) as refusal:
                await verifier.verify(token)
            assert refusal.value.message == reason, name

        assert scene.endpoint.visits == 2


@pytest.mark.parametrize(("kid", "visits"), [(ABSENT, 0), ("ins_other", 1)], ids=["missing", "unknown"])
async def test_published_keys_refuse_a_token_that_names_none_of_them(kid: object, visits: int) -> None:
    async with published() as scene:
        verifier = Verifier(ISSUER, scene.keys, clock=scene.clock)

        with pytest.raises(Unauthorized) as refusal:
            await verifier.verify(session(header={"kid": kid}))

        assert refusal.value.message == Reason.UNKNOWN_KEY
        assert scene.endpoint.visits == visits


async def test_a_short_key_signs_nothing() -> None:
    verifier = Verifier(ISSUER, PinnedKey(key("short").public_key()), clock=Clock())

    with pytest.raises(Unauthorized):
        await verifier.verify(session(owner="short"))


async def test_no_single_changed_character_is_accepted() -> None:
    verifier, good = pinned(), session()

    for place, character in enumerate(good):
        with pytest.raises(Unauthorized):
            await verifier.verify(good[:place] + ("A" if character != "A" else "B") + good[place + 1 :])


async def test_no_beginning_of_a_token_is_accepted() -> None:
    verifier, good = pinned(), session()

    for length in range(len(good)):
        with pytest.raises(Unauthorized):
            await verifier.verify(good[:length])


def test_the_table_of_hostile_tokens_names_each_once() -> None:
    assert len({name for name, _, _ in HOSTILE}) == len(HOSTILE) >= 45
