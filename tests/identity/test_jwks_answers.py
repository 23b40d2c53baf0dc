"""What the issuer's endpoint may answer: nothing hostile is taken in, nothing good is lost to it."""

import gzip
import json

import pytest

from resolvers.errors.request import Unavailable
from resolvers.identity.jwks import JwksCache
from tests.identity.endpoint import published
from tests.identity.tokens import KID, Json, jwk, jwks

HOSTILE_BODIES: list[tuple[str, bytes]] = [
    ("empty", b""),
    ("not JSON", b"<html>"),
    ("not UTF-8", b'{"keys":["\xff"]}'),
    ("a list", json.dumps([jwk()]).encode()),
    ("keys a string", b'{"keys":"x"}'),
    ("keys an object", b'{"keys":{}}'),
    ("no keys", b'{"keys":[]}'),
    ("keys of odd types", b'{"keys":[null,1,"x",[],{}]}'),
    ("deeply nested", b'{"keys":' + b"[" * 100_000),
    ("too large", jwks(jwk()) + b" " * (128 * 1024)),
    ("endless digits", b'{"keys":[' + b"1" * 100_000 + b"]}"),
]


@pytest.mark.parametrize("body", [pytest.param(body, id=name) for name, body in HOSTILE_BODIES])
async def test_a_hostile_answer_gives_no_keys_and_takes_none_away(body: bytes) -> None:
    async with published() as scene:
        scene.endpoint.body = body
        with pytest.raises(Unavailable):
            await scene.keys.key_for(KID)

        scene.endpoint.publish(jwk())
        scene.later(5)
        assert await scene.keys.key_for(KID)

        scene.endpoint.body = body
        scene.later(301)
        await scene.keys.key_for(KID)
        await scene.settled()
        assert await scene.keys.key_for(KID)
        assert scene.endpoint.visits == 3


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "204 No Content", "404 Not Found"])
async def test_no_answer_but_200_is_taken_and_no_redirect_followed(status: str) -> None:
    async with published() as scene, published() as elsewhere:
        scene.endpoint.status = status
        scene.endpoint.headers = f"Location: {elsewhere.endpoint.address}\r\n"

        with pytest.raises(Unavailable):
            await scene.keys.key_for(KID)

        assert (scene.endpoint.visits, elsewhere.endpoint.visits) == (1, 0)


async def test_a_compressed_answer_is_not_unfolded() -> None:
    async with published() as scene:
        scene.endpoint.headers = "Content-Encoding: gzip\r\n"
        scene.endpoint.body = gzip.compress(jwks(jwk()))

        with pytest.raises(Unavailable):
            await scene.keys.key_for(KID)


async def test_thirty_two_keys_are_the_most() -> None:
    async with published() as scene:
        scene.endpoint.publish(*(jwk(f"ins_{n}") for n in range(40)))

        assert await scene.keys.key_for("ins_31")
        assert await scene.keys.key_for("ins_32") is None


UNUSABLE: list[tuple[str, Json]] = [
    ("a key for encryption", jwk("k", use="enc")),
    ("a key for another algorithm", jwk("k", alg="RS512")),
    ("a key that may only sign", jwk("k", key_ops=["sign"])),
    ("operations that are no list", jwk("k", key_ops="verify")),
    ("a private key", jwk("k", d="AQAB")),
    ("an elliptic curve", {"kty": "EC", "crv": "P-256", "kid": "k", "x": "AQ", "y": "AQ"}),
    ("a secret", {"kty": "oct", "kid": "k", "k": "c2VjcmV0"}),
    ("a short key", jwk("k", n="q83v" * 42 + "qw")),
    ("an endless key", jwk("k", n="_" * 4000)),
    ("a modulus of the wrong type", jwk("k", n=5)),
    ("a modulus that is no base64", jwk("k", n="!")),
    ("no modulus", {"kty": "RSA", "e": "AQAB", "kid": "k"}),
    ("an exponent of one", jwk("k", e="AQ")),
    ("an id that is a number", jwk() | {"kid": 7}),
    ("an id that is a path", jwk("../k")),
]


@pytest.mark.parametrize("unusable", [pytest.param(key, id=name) for name, key in UNUSABLE])
async def test_an_unusable_key_is_passed_over_and_its_neighbour_is_not(unusable: Json) -> None:
    async with published() as scene:
        scene.endpoint.publish(unusable, jwk())

        assert await scene.keys.key_for(str(unusable["kid"])) is None
        assert await scene.keys.key_for(KID)


@pytest.mark.parametrize(
    "address",
    [
        "http://clerk.clinic.example/jwks",
        "http://127.0.0.1.evil.example/jwks",
        "http://localhost@evil.example/jwks",
        "https://user:password@clerk.clinic.example/jwks",
        "file:///etc/passwd",
        "ftp://clerk.clinic.example",
        "clerk.clinic.example",
        "",
    ],
)
def test_keys_come_over_https_or_from_this_machine(address: str) -> None:
    with pytest.raises(ValueError, match="https address"):
        JwksCache(address)
