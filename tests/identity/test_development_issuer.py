"""Development signs its own tokens, which go through the same verification as Clerk's."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from db.demo.ids import demo_organization_id, demo_user_id
from resolvers.errors.request import Unauthorized
from resolvers.identity.development import (
    DEVELOPMENT_ISSUER,
    DevelopmentKeys,
    is_development_issuer,
)
from resolvers.identity.identity import Identity
from resolvers.identity.verifier import Verifier
from tests.identity.tokens import NOW, Clock, key, pinned


def admin_token(keys: DevelopmentKeys, *, role: str = "admin", ttl: int = 60, version: int = 2) -> str:
    return keys.token(
        user_id=demo_user_id("north", "admin"),
        organization_id=demo_organization_id("north"),
        organization_slug="north",
        role=role,
        ttl=ttl,
        version=version,
        now=NOW,
    )


def verifier_of(keys: DevelopmentKeys, now: float = NOW) -> Verifier:
    return Verifier(DEVELOPMENT_ISSUER, keys.key_source(), clock=Clock(now))


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("role", ["admin", "org:admin"])
async def test_a_development_token_is_verified_like_any_other(version: int, role: str) -> None:
    keys = DevelopmentKeys(key("development"))

    identity = await verifier_of(keys).verify(admin_token(keys, role=role, version=version))

    expected = ("user_demo_north_admin", "org_demo_north", "north", "org:admin", NOW + 60)
    assert identity == Identity(expected[0], identity.session_id, *expected[1:])
    assert identity.session_id.startswith("sess_")


@pytest.mark.parametrize("version", [1, 2])
async def test_a_development_token_may_have_no_organization(version: int) -> None:
    keys = DevelopmentKeys(key("development"))
    token = keys.token(
        user_id="user_1", organization_id=None, organization_slug=None, role=None, version=version, now=NOW
    )

    assert (await verifier_of(keys).verify(token)).organization_id is None


async def test_a_development_token_lives_for_its_ttl() -> None:
    keys = DevelopmentKeys(key("development"))
    token = admin_token(keys, ttl=3600)

    assert (await verifier_of(keys, NOW + 3600).verify(token)).expires_at == NOW + 3600
    with pytest.raises(Unauthorized, match="expired"):
        await verifier_of(keys, NOW + 3605).verify(token)


async def test_a_development_token_means_nothing_to_another_issuer_or_another_key() -> None:
    token = admin_token(DevelopmentKeys(key("development")))

    for verifier in (pinned(), verifier_of(DevelopmentKeys(key("forger")))):
        with pytest.raises(Unauthorized):
            await verifier.verify(token)


def test_the_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    directory = tmp_path / "data" / "keys"

    first, second = DevelopmentKeys.load_or_create(directory), DevelopmentKeys.load_or_create(directory)

    assert first.public_key == second.public_key
    (file,) = directory.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_all_that_start_at_once_agree_on_the_key(tmp_path: Path) -> None:
    barrier = Barrier(4)

    def start(_: int) -> DevelopmentKeys:
        barrier.wait()
        return DevelopmentKeys.load_or_create(tmp_path)

    with ThreadPoolExecutor(4) as starters:
        keys = list(starters.map(start, range(4)))

    assert all(pair.public_key == keys[0].public_key for pair in keys)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_broken_key_file_is_reported_with_the_fix(tmp_path: Path) -> None:
    DevelopmentKeys.load_or_create(tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_text("broken")

    with pytest.raises(ValueError, match="delete the file"):
        DevelopmentKeys.load_or_create(tmp_path)


@pytest.mark.parametrize("issuer", [DEVELOPMENT_ISSUER, f" {DEVELOPMENT_ISSUER}/", DEVELOPMENT_ISSUER.upper()])
def test_the_development_issuer_is_recognized_however_it_is_written(issuer: str) -> None:
    assert is_development_issuer(issuer)
    assert not is_development_issuer("https://clerk.clinic.example")
