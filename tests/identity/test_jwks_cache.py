"""The issuer's keys are fetched rarely, and stay in use while the issuer is down."""

import asyncio

import pytest

from resolvers.errors.request import Unauthorized, Unavailable
from resolvers.identity.jwks import JwksCache, RefreshPolicy
from resolvers.identity.verifier import Verifier
from tests.identity.endpoint import Scene, published
from tests.identity.tokens import ISSUER, KID, Clock, jwk, key, session

HOUR = 3600.0


def verifier_of(scene: Scene) -> Verifier:
    """A verifier whose own clock stands still, so that only the keys grow old."""
    return Verifier(ISSUER, scene.keys, clock=Clock())


async def refused(verifier: Verifier, token: str) -> type[Exception] | None:
    try:
        await verifier.verify(token)
    except (Unauthorized, Unavailable) as refusal:
        return type(refusal)
    return None


async def test_fifty_first_tokens_at_once_make_one_visit() -> None:
    async with published() as scene:
        verifier = verifier_of(scene)

        await asyncio.gather(*(verifier.verify(session({"sid": f"sess_{n}"})) for n in range(50)))

        assert scene.endpoint.visits == 1


async def test_keys_fetched_ahead_need_no_visit() -> None:
    async with published() as scene:
        assert not scene.keys.ready
        await scene.keys.warm()
        assert scene.keys.ready

        await verifier_of(scene).verify(session())

        assert scene.endpoint.visits == 1


async def test_a_thousand_unknown_keys_make_one_visit_a_cooldown() -> None:
    async with published() as scene:
        verifier = verifier_of(scene)
        await verifier.verify(session())

        for visits in (2, 3):
            tokens = [session(header={"kid": f"ins_{visits}_{n}"}) for n in range(500)]
            answers = await asyncio.gather(*(refused(verifier, token) for token in tokens))
            answers += [await refused(verifier, token) for token in tokens]
            assert set(answers) == {Unauthorized}
            assert scene.endpoint.visits == visits
            scene.later(30)


async def test_a_thousand_unknown_keys_make_one_visit_a_cooldown_while_the_endpoint_fails() -> None:
    async with published() as scene:
        verifier = verifier_of(scene)
        await verifier.verify(session())
        scene.endpoint.fail()

        for visits in (2, 3):
            for n in range(1000):
                assert await scene.keys.key_for(f"ins_{visits}_{n}") is None
            assert scene.endpoint.visits == visits
            scene.later(30)


async def test_a_thousand_bad_signatures_make_one_visit_a_cooldown() -> None:
    async with published() as scene:
        verifier, forged = verifier_of(scene), session(owner="forger")
        await verifier.verify(session())

        for visits in (2, 3):
            for _ in range(1000):
                assert await refused(verifier, forged) is Unauthorized
            assert scene.endpoint.visits == visits
            scene.later(30)


async def test_cached_keys_stay_in_use_while_the_endpoint_is_down() -> None:
    async with published() as scene:
        verifier = verifier_of(scene)
        await verifier.verify(session())
        scene.endpoint.fail()

        for hour in range(11):
            scene.later(HOUR)
            assert await refused(verifier, session({"sid": f"sess_after_{hour}"})) is None
            await scene.settled()

        assert scene.endpoint.visits == 12


async def test_an_outage_is_tried_once_a_cooldown() -> None:
    async with published() as scene:
        await scene.keys.warm()
        scene.endpoint.fail()
        scene.later(301)

        for _ in range(100):
            assert await scene.keys.key_for(KID)
            await scene.settled()

        assert scene.endpoint.visits == 2


async def test_keys_half_a_day_old_are_not_used() -> None:
    async with published() as scene:
        verifier = verifier_of(scene)
        await verifier.verify(session())
        scene.endpoint.fail()
        scene.later(12 * HOUR)

        assert await refused(verifier, session({"sid": "sess_2"})) is Unavailable
        assert not scene.keys.ready


async def test_an_endpoint_down_from_the_start_is_unavailable_and_never_unauthorized() -> None:
    async with published() as scene:
        scene.endpoint.fail()
        verifier = verifier_of(scene)
        await scene.keys.warm()

        for _ in range(100):
            assert await refused(verifier, session()) is Unavailable
            assert await refused(verifier, session(owner="forger")) is Unavailable

        assert scene.endpoint.visits == 1


async def test_an_endpoint_that_comes_up_late_is_used() -> None:
    async with published() as scene:
        scene.endpoint.fail()
        verifier = verifier_of(scene)
        assert await refused(verifier, session()) is Unavailable

        scene.endpoint.recover()
        assert await refused(verifier, session()) is Unavailable
        scene.later(5)
        assert await refused(verifier, session()) is None


async def test_an_address_where_nobody_listens_is_unavailable() -> None:
    async with published() as scene:
        address = scene.endpoint.address
    keys = JwksCache(address)

    with pytest.raises(Unavailable):
        await keys.key_for(KID)
    await keys.aclose()


async def test_an_endpoint_that_never_answers_is_waited_for_no_longer_than_the_timeout() -> None:
    async with published(RefreshPolicy(timeout=0.2)) as scene:
        scene.endpoint.open.clear()

        answers = await asyncio.gather(*(refused(verifier_of(scene), session()) for _ in range(20)))

        assert set(answers) == {Unavailable}
        assert scene.endpoint.visits <= 1


async def test_an_endpoint_that_never_ends_is_waited_for_no_longer_than_the_timeout() -> None:
    async with published(RefreshPolicy(timeout=0.2)) as scene:
        scene.endpoint.dripping = True

        assert await refused(verifier_of(scene), session()) is Unavailable


async def test_old_keys_are_refreshed_in_the_background() -> None:
    async with published() as scene:
        await scene.keys.warm()
        scene.later(300)
        scene.endpoint.open.clear()

        assert await scene.keys.key_for(KID)
        scene.endpoint.open.set()
        await scene.settled()
        assert await scene.keys.key_for(KID)

        assert scene.endpoint.visits == 2


async def test_a_client_that_goes_away_leaves_the_fetch_to_the_others() -> None:
    async with published() as scene:
        scene.endpoint.open.clear()
        first, second = (asyncio.create_task(verifier_of(scene).verify(session())) for _ in range(2))
        await scene.endpoint.visited.wait()

        first.cancel()
        scene.endpoint.open.set()

        assert (await second).user_id == "user_1"
        assert scene.endpoint.visits == 1
        with pytest.raises(asyncio.CancelledError):
            await first


async def test_a_new_key_is_picked_up_by_the_first_token_that_names_it() -> None:
    async with published() as scene:
        verifier = verifier_of(scene)
        await verifier.verify(session())
        scene.endpoint.publish(jwk(), jwk("ins_new", "rotated"))

        tokens = [session({"sid": f"sess_{n}"}, {"kid": "ins_new"}, owner="rotated") for n in range(20)]
        await asyncio.gather(*(verifier.verify(token) for token in tokens))

        assert scene.endpoint.visits == 2


async def test_a_key_changed_under_its_old_id_is_picked_up_by_the_first_signature_that_fails() -> None:
    async with published() as scene:
        verifier = verifier_of(scene)
        await verifier.verify(session({"sid": "sess_old"}))
        scene.endpoint.publish(jwk(owner="rotated"))

        tokens = [session({"sid": f"sess_{n}"}, owner="rotated") for n in range(20)]
        await asyncio.gather(*(verifier.verify(token) for token in tokens))

        assert await refused(verifier, session()) is Unauthorized
        assert scene.endpoint.visits == 2


async def test_a_changed_key_is_not_fetched_again_once_it_is_cached() -> None:
    async with published() as scene:
        old = await scene.keys.key_for(KID)
        assert old
        assert await scene.keys.newer_key(KID, old) is None
        scene.endpoint.publish(jwk(owner="rotated"))
        scene.later(30)

        for _ in range(2):
            assert await scene.keys.newer_key(KID, old) == key("rotated").public_key()
            scene.later(30)

        assert scene.endpoint.visits == 3
