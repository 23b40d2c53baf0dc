"""Every token that must be accepted yields its identity."""

from dataclasses import FrozenInstanceError, replace

import pytest

from resolvers.errors.request import OrganizationRequired, Unauthorized
from resolvers.identity.claims import normalize_role
from resolvers.identity.identity import Identity, Reason
from resolvers.identity.keys import PinnedKey
from resolvers.identity.verifier import MultiIssuerVerifier, Verifier
from tests.identity.tokens import ABSENT, COMMON, FIRST, ISSUER, NOW, SECOND, Clock, key, pinned, session, session_of

ADMIN_OF_NORTH = Identity("user_1", "sess_1", "org_north", "north", "org:admin", NOW + 60)
NOWHERE = Identity("user_1", "sess_1", None, None, None, NOW + 60)

IN_NORTH: list[tuple[str, str]] = [
    ("first version", session(claims=FIRST)),
    ("first version, said so", session({"v": 1}, claims=FIRST)),
    ("first version, bare role", session({"org_role": "admin"}, claims=FIRST)),
    ("first version, the second's name beside", session({"o": {"id": "org_south"}}, claims=FIRST)),
    ("second version", session()),
    (
        "second version, prefixed role",
        session({"o": {"id": "org_north", "slg": "north", "rol": "org:admin"}}),
    ),
    ("second version, the first's names beside", session({"org_id": "org_south", "org_role": "org:owner"})),
    ("no status", session({"sts": ABSENT})),
    ("no category, no type", session(header={"cat": ABSENT, "typ": ABSENT})),
    ("header names nobody knows", session(header={"oiat": NOW, "new": {"x": 1}})),
    ("an audience", session({"aud": "convex"})),
    ("claims nobody knows", session({"role": "authenticated", "metadata": {"a": [1]}, "jti": 5})),
    ("no party, none demanded", session({"azp": ABSENT})),
    ("as long as a token may be", session_of(8192)),
    ("begins within the leeway", session({"nbf": NOW + 5, "iat": NOW + 5})),
]
NO_ORGANIZATION: list[tuple[str, str]] = [
    ("first version", session(claims=COMMON)),
    ("first version, organization null", session({"org_id": None, "org_slug": None}, claims=FIRST)),
    ("first version, a role alone", session({"org_id": ABSENT}, claims=FIRST)),
    ("second version", session({"o": ABSENT})),
    ("second version, organization null", session({"o": None})),
]


@pytest.mark.parametrize("token", [pytest.param(token, id=name) for name, token in IN_NORTH])
async def test_a_good_token_gives_its_identity(token: str) -> None:
    assert await pinned().verify(token) == ADMIN_OF_NORTH


@pytest.mark.parametrize("token", [pytest.param(token, id=name) for name, token in NO_ORGANIZATION])
async def test_a_token_without_organization_gives_neither_slug_nor_role(token: str) -> None:
    assert await pinned().verify(token) == NOWHERE


async def test_an_organization_may_lack_slug_and_role() -> None:
    identity = await pinned().verify(session({"o": {"id": "org_north"}}))

    assert identity == replace(ADMIN_OF_NORTH, organization_slug=None, organization_role=None)


async def test_a_token_holds_five_seconds_longer_than_it_says() -> None:
    assert await pinned().verify(session({"exp": NOW - 4})) == replace(ADMIN_OF_NORTH, expires_at=NOW - 4)


async def test_both_versions_give_the_same_identity() -> None:
    verifier = pinned()

    assert await verifier.verify(session(claims=FIRST)) == await verifier.verify(session(claims=SECOND))


@pytest.mark.parametrize("role", ["admin", "org:admin", "org:org:admin"])
def test_a_role_has_exactly_one_prefix(role: str) -> None:
    assert normalize_role(role) == "org:admin"


async def test_a_demanded_party_is_accepted() -> None:
    verifier = pinned(authorized_parties=frozenset({"https://app.clinic.example", "https://other.example"}))

    assert await verifier.verify(session()) == ADMIN_OF_NORTH


async def test_an_identity_cannot_be_changed() -> None:
    identity = await pinned().verify(session())

    with pytest.raises(FrozenInstanceError):
        identity.user_id = "user_2"  # type: ignore[misc]


def test_a_session_without_organization_says_so_when_one_is_required() -> None:
    assert ADMIN_OF_NORTH.require_organization() == "org_north"
    with pytest.raises(OrganizationRequired):
        NOWHERE.require_organization()


@pytest.mark.parametrize("issuer", [ISSUER, "https://x.clerk.accounts.dev", "https://clinic.example/__clerk"])
async def test_without_a_configured_issuer_any_https_issuer_is_accepted(issuer: str) -> None:
    verifier = Verifier(None, PinnedKey(key().public_key()), clock=Clock())

    assert await verifier.verify(session({"iss": issuer})) == ADMIN_OF_NORTH


@pytest.mark.parametrize(
    "issuer",
    [
        ABSENT,
        None,
        7,
        "",
        "clerk",
        "http://clerk.clinic.example",
        "https://",
        "https://user@clerk.clinic.example",
        "https://clerk.clinic.example\0",
        "https://clerk.development.invalid",
        "https://clerk.development.invalid/",
        "https://clerk.development.invalid:443/x",
        "https://" + "x" * 300,
    ],
)
async def test_without_a_configured_issuer_the_claim_is_still_a_public_https_address(issuer: object) -> None:
    verifier = Verifier(None, PinnedKey(key().public_key()), clock=Clock())

    with pytest.raises(Unauthorized) as refusal:
        await verifier.verify(session({"iss": issuer}))

    assert refusal.value.message == Reason.ISSUER


OTHER = "https://clerk.other.example"


def verifier_of_two_issuers(default: Verifier | None = None) -> MultiIssuerVerifier:
    other = Verifier(OTHER, PinnedKey(key("forger").public_key()), clock=Clock())
    return MultiIssuerVerifier({ISSUER: pinned(), OTHER: other}, default)


async def test_each_issuer_is_verified_with_its_own_key() -> None:
    both = verifier_of_two_issuers()

    assert await both.verify(session()) == ADMIN_OF_NORTH
    assert await both.verify(session({"iss": OTHER}, owner="forger")) == ADMIN_OF_NORTH


async def test_a_multi_issuer_verifier_caches_what_it_has_verified() -> None:
    both, token = verifier_of_two_issuers(), session({"iss": OTHER}, owner="forger")

    assert both.cached_identity(token) is None
    identity = await both.verify(token)
    assert both.cached_identity(token) is identity


@pytest.mark.parametrize(
    "token",
    [
        session(owner="forger"),
        session({"iss": OTHER}),
        session({"iss": "https://clerk.unknown.example"}),
        session({"iss": ABSENT}),
        session({"iss": [ISSUER]}),
        session({"iss": {}}),
        "",
        "a.b.c",
        "..",
        "x" * 1_000_000,
    ],
    ids=["crossed", "crossed back", "unknown", "missing", "list", "object", "empty", "short", "dots", "long"],
)
async def test_unlisted_issuers_and_keys_of_the_wrong_issuer_are_refused(token: str) -> None:
    with pytest.raises(Unauthorized):
        await verifier_of_two_issuers().verify(token)


async def test_unlisted_issuers_go_to_the_default_verifier() -> None:
    both = verifier_of_two_issuers(Verifier(None, PinnedKey(key("rotated").public_key()), clock=Clock()))

    assert await both.verify(session({"iss": "https://clerk.third.example"}, owner="rotated")) == ADMIN_OF_NORTH
    with pytest.raises(Unauthorized):
        await both.verify(session(owner="rotated"))
