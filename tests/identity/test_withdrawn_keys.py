"""A key that the issuer withdraws is not trusted for long."""

from resolvers.errors.request import Unauthorized
from tests.identity.endpoint import published
from tests.identity.test_jwks_cache import refused, verifier_of
from tests.identity.tokens import KID, jwk, session


async def test_a_withdrawn_key_is_forgotten() -> None:
    async with published() as scene:
        verifier = verifier_of(scene)
        await verifier.verify(session({"sid": "sess_old"}))
        scene.endpoint.publish(jwk("ins_new", "rotated"))
        scene.later(300)
        await scene.keys.key_for(KID)
        await scene.settled()

        assert await refused(verifier, session()) is Unauthorized
