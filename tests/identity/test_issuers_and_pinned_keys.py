"""The settings for the issuer and its key: what they may be, and the messages for wrong ones."""

import base64
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from resolvers.identity.issuer import Issuer
from resolvers.identity.keys import PinnedKey
from tests.identity.tokens import key, pem


def publishable(host: str, kind: str = "test") -> str:
    return f"pk_{kind}_{base64.b64encode(host.encode()).decode()}"


@pytest.mark.parametrize("kind", ["test", "live"])
@pytest.mark.parametrize("host", ["clerk.clinic.example", "happy-cat-12.clerk.accounts.dev", "a.example:8443"])
def test_a_publishable_key_names_its_issuer(kind: str, host: str) -> None:
    issuer = Issuer.from_publishable_key(publishable(f"{host}$", kind))

    assert issuer.url == f"https://{host}"
    assert issuer.jwks_address == f"https://{host}/.well-known/jwks.json"


def test_a_publishable_key_may_come_without_padding() -> None:
    assert Issuer.from_publishable_key(publishable("clerk.example$").rstrip("=")).url == "https://clerk.example"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "pk_test_",
        "sk_test_" + publishable("clerk.example$")[8:],
        "pk_other_" + publishable("clerk.example$")[8:],
        publishable("clerk.example"),
        publishable("$"),
        publishable("localhost$"),
        publishable("clerk.example$$"),
        publishable("clerk.example/path?x$"),
        publishable("user@clerk.example$"),
        publishable("clerk.éxample$"),
        publishable("clerk.example\0$"),
        "pk_test_!!!",
        "pk_test_a",
    ],
)
def test_a_wrong_publishable_key_is_reported_in_one_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"^(A publishable key is|An issuer is)[^\n]*$"):
        Issuer.from_publishable_key(text)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://clerk.clinic.example", "https://clerk.clinic.example"),
        (" https://clerk.clinic.example/ ", "https://clerk.clinic.example"),
        ("https://clinic.example/__clerk", "https://clinic.example/__clerk"),
        ("http://127.0.0.1:9000", "http://127.0.0.1:9000"),
        ("http://localhost:9000", "http://localhost:9000"),
        ("http://[::1]:9000", "http://[::1]:9000"),
    ],
)
def test_an_issuer_is_an_address(text: str, url: str) -> None:
    assert Issuer.from_url(text).url == url


@pytest.mark.parametrize(
    "text",
    [
        "",
        "clerk",
        "http://clerk.clinic.example",
        "https://Clerk.clinic.example",
        "https://clerk.clinic.example?x=1",
        "https://clerk.clinic.example#x",
        "https://-",
        "https://a b",
        "https://a\nb",
        "https://" + "a" * 300,
    ],
)
def test_a_wrong_issuer_is_reported_in_one_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"^An issuer is[^\n]*$"):
        Issuer.from_url(text)


BODY = "".join(pem().splitlines()[1:-1])
PKCS1 = key().public_key().public_bytes(Encoding.PEM, PublicFormat.PKCS1).decode()


@pytest.mark.parametrize(
    "setting",
    [
        pytest.param(pem(), id="as it is"),
        pytest.param(pem().strip(), id="without its last line break"),
        pytest.param(pem().replace("\n", "\r\n"), id="from Windows"),
        pytest.param(pem().replace("\n", "\\n"), id="line breaks written out"),
        pytest.param(pem().replace("\n", " "), id="spaces for line breaks"),
        pytest.param(pem().replace("\n", ""), id="one line"),
        pytest.param(f'"{pem()}"', id="in quotes"),
        pytest.param(BODY, id="the middle alone"),
        pytest.param(PKCS1, id="the older form"),
    ],
)
async def test_a_pinned_key_is_read_in_every_form_it_comes_in(setting: str, tmp_path: Path) -> None:
    (tmp_path / "clerk.pem").write_text(setting)

    for source in (setting, f" {tmp_path / 'clerk.pem'}\n"):
        assert await PinnedKey.from_setting(source).key_for(None) == key().public_key()


async def test_a_pinned_key_is_the_key_of_every_id_and_has_no_newer_one() -> None:
    source = PinnedKey(key().public_key())

    assert await source.key_for("ins_any") == key().public_key()
    assert await source.newer_key("ins_any", key().public_key()) is None


PRIVATE = key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
SHORT = generate_private_key(public_exponent=65537, key_size=1024).public_key()
CURVE = ec.generate_private_key(ec.SECP256R1()).public_key()


@pytest.mark.parametrize(
    "setting",
    [
        pytest.param("", id="empty"),
        pytest.param("/nowhere/clerk.pem", id="a path to nothing"),
        pytest.param("clerk", id="a word"),
        pytest.param("\0", id="NUL"),
        pytest.param(BODY[:-8], id="cut"),
        pytest.param(PRIVATE, id="private"),
        pytest.param("".join(PRIVATE.splitlines()[1:-1]), id="the middle of a private one"),
        pytest.param(SHORT.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode(), id="short"),
        pytest.param(CURVE.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode(), id="curve"),
        pytest.param("A" * 100_000, id="endless"),
    ],
)
def test_a_wrong_key_is_reported_in_one_sentence_that_does_not_repeat_it(setting: str) -> None:
    with pytest.raises(ValueError, match=r"^The key must be an RSA public key[^\n]*$") as refusal:
        PinnedKey.from_setting(setting)

    assert not setting or setting not in str(refusal.value)
