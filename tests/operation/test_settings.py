"""Settings: what is assumed, what is refused, and in which sentence."""

import base64
import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from db.errors import ConfigurationError
from resolvers.identity.development import DEVELOPMENT_ISSUER, KEY_FILE, DevelopmentKeys
from schema.server.settings import Settings, read_settings

NO_FILE = Path("no such file")
SENTENCE = re.compile(r"[A-Z_]+: [^\n]+\.")
DATABASE = "postgresql://clinic_server@db.example.com/clinic"
PRODUCTION = {
    "ENVIRONMENT": "production",
    "DATABASE_URL": DATABASE,
    "CLERK_ISSUER": "https://clerk.example.com",
}
DEFAULTS: dict[str, object] = {
    "environment": "development",
    "database_url": None,
    "database_admin_url": None,
    "database_read_url": None,
    "database_pool_size": 8,
    "data_dir": Path(".data"),
    "clerk_issuer": None,
    "clerk_publishable_key": None,
    "clerk_jwt_key": None,
    "clerk_authorized_parties": frozenset(),
    "clerk_admin_roles": frozenset({"org:admin"}),
    "cors_origins": (),
    "graphiql": True,
    "introspection": True,
    "batching": False,
    "host": "127.0.0.1",
    "port": 8000,
    "workers": 1,
    "rate_limit": None,
    "log_format": "text",
}
NO_NUMBERS = ("0", "-1", "1.5", "many", " 8 ", "+8", "1e3", "\u0663", "\u00b2", "9" * 5_000, "99999999")
JUNK = [
    ("ENVIRONMENT", ("test", "Production", "prod")),
    ("GRAPHIQL", ("yes", "1", "ON")),
    ("INTROSPECTION", ("yes", "0", "Off")),
    ("BATCHING", ("yes", "10", "On")),
    ("LOG_FORMAT", ("xml", "JSON")),
    ("DATABASE_POOL_SIZE", NO_NUMBERS),
    ("PORT", (*NO_NUMBERS, "65536")),
    ("WORKERS", NO_NUMBERS),
    ("RATE_LIMIT", ("0", "-1", "on", "Off", "1e6", "9" * 5_000, "1000000001")),
    ("DATABASE_URL", ("mysql://db/clinic", "clinic", "host=db dbname=clinic", "http://db")),
    ("DATABASE_ADMIN_URL", ("sqlite:///clinic.db",)),
    ("DATABASE_READ_URL", ("replica",)),
    ("CLERK_ISSUER", ("http://clerk.example.com", "clerk.example.com", "https://", "https://a b")),
    ("CLERK_PUBLISHABLE_KEY", ("sk_live_secret", "pk_live_", "pk_live_!!!", "pk_live_" + "YWJj")),
    ("CLERK_JWT_KEY", ("no key", "/no/such/file.pem", "-----BEGIN PUBLIC KEY-----")),
]


def read(**settings: str) -> Settings:
    return read_settings(settings, NO_FILE)


def refusal(**settings: str) -> str:
    with pytest.raises(ConfigurationError) as error:
        read(**settings)
    return str(error.value)


def publishable_key(kind: str, host: str) -> str:
    return f"pk_{kind}_{base64.b64encode(f'{host}$'.encode()).decode()}"


def test_without_settings_everything_is_for_development() -> None:
    settings = read()

    assert {name: getattr(settings, name) for name in Settings.__slots__} == DEFAULTS


def test_production_differs_in_what_it_shows() -> None:
    settings = read(**PRODUCTION)

    assert (settings.graphiql, settings.log_format, settings.development) == (False, "json", False)
    assert read(**PRODUCTION, GRAPHIQL="on", LOG_FORMAT="text").graphiql


@pytest.mark.parametrize("name", sorted(name.upper() for name in DEFAULTS))
def test_an_empty_setting_is_none(name: str) -> None:
    assert read(**{name: ""}) == read()


@pytest.mark.parametrize(("name", "junk"), [(name, value) for name, values in JUNK for value in values])
def test_junk_is_refused_in_a_sentence_that_names_the_setting(name: str, junk: str) -> None:
    message = refusal(**{name: junk})

    assert message.startswith(f"{name}: ")
    assert SENTENCE.fullmatch(message)
    assert len(message) < 250


def test_a_refused_address_is_not_repeated_for_it_may_hold_a_password() -> None:
    assert "secret" not in refusal(DATABASE_URL="mysql://clinic:secret@db/clinic")


def test_lists_are_split_and_trimmed() -> None:
    settings = read(
        CLERK_ADMIN_ROLES=" org:admin , org:owner,,",
        CLERK_AUTHORIZED_PARTIES="https://a.example.com",
        CORS_ORIGINS="https://a.example.com, https://b.example.com",
    )

    assert settings.clerk_admin_roles == {"org:admin", "org:owner"}
    assert settings.clerk_authorized_parties == {"https://a.example.com"}
    assert settings.cors_origins == ("https://a.example.com", "https://b.example.com")


def test_the_owners_address_is_the_servers_unless_it_is_given() -> None:
    assert read(DATABASE_URL=DATABASE).database_admin_url == DATABASE
    assert read(DATABASE_URL=DATABASE, DATABASE_ADMIN_URL="postgres://o@db/c").database_admin_url == "postgres://o@db/c"


def test_a_publishable_key_names_the_issuer() -> None:
    issuer = read(CLERK_PUBLISHABLE_KEY=publishable_key("live", "clerk.example.com")).issuer

    assert issuer is not None
    assert issuer.url == "https://clerk.example.com"


def test_a_file_is_read_in_development_and_the_environment_wins(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("PORT=9000\nHOST=0.0.0.0\nLOG_FORMAT=json\nEMPTY\n")

    settings = read_settings({"HOST": "127.0.0.2"}, file)

    assert (settings.port, settings.host, settings.log_format) == (9000, "127.0.0.2", "json")


def test_a_file_is_not_read_in_production(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(f"PORT=9000\nDATABASE_URL={DATABASE}\n")
    alone = {name: value for name, value in PRODUCTION.items() if name != "DATABASE_URL"}

    assert read_settings(PRODUCTION, file).port == 8000
    with pytest.raises(ConfigurationError, match=r"^DATABASE_URL: "):
        read_settings(alone, file)


@pytest.mark.parametrize(
    ("changes", "fragment"),
    [
        ({"DATABASE_URL": ""}, "DATABASE_URL"),
        ({"CLERK_ISSUER": ""}, "CLERK_ISSUER"),
        ({"CLERK_ISSUER": DEVELOPMENT_ISSUER}, "CLERK_ISSUER"),
        ({"CLERK_ISSUER": f"{DEVELOPMENT_ISSUER}/"}, "CLERK_ISSUER"),
        ({"CLERK_ISSUER": "https://brave-cat-1.clerk.accounts.dev"}, "CLERK_ISSUER"),
        ({"CLERK_ISSUER": "https://brave-cat-1.clerk.accounts.dev:443"}, "CLERK_ISSUER"),
        ({"CLERK_ISSUER": "https://brave-cat-1.clerk.accounts.dev/v1"}, "CLERK_ISSUER"),
        ({"CLERK_ISSUER": "", "CLERK_PUBLISHABLE_KEY": "test brave-cat-1.clerk.accounts.dev"}, "CLERK_PUBLISHABLE_KEY"),
        ({"CLERK_ISSUER": "", "CLERK_PUBLISHABLE_KEY": "live brave-cat-1.clerk.accounts.dev"}, "CLERK_PUBLISHABLE_KEY"),
        ({"CLERK_ISSUER": "", "CLERK_PUBLISHABLE_KEY": "test clerk.example.com"}, "CLERK_PUBLISHABLE_KEY"),
        ({"CLERK_PUBLISHABLE_KEY": "test clerk.example.com"}, "CLERK_PUBLISHABLE_KEY"),
    ],
)
def test_production_refuses_what_is_for_development(changes: dict[str, str], fragment: str) -> None:
    kind, _, host = changes.get("CLERK_PUBLISHABLE_KEY", "").partition(" ")
    key = {"CLERK_PUBLISHABLE_KEY": publishable_key(kind, host)} if host else {}

    message = refusal(**{**PRODUCTION, **changes, **key})

    assert message.startswith(f"{fragment}: ")
    assert SENTENCE.fullmatch(message)


def pem_of(keys: DevelopmentKeys) -> str:
    return keys.public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@pytest.mark.parametrize("with_issuer", [True, False])
def test_production_refuses_the_development_key(with_issuer: bool, tmp_path: Path) -> None:
    environment = PRODUCTION | {
        "CLERK_JWT_KEY": pem_of(DevelopmentKeys.load_or_create(tmp_path)),
        "DATA_DIR": str(tmp_path),
    }

    assert refusal(**environment | ({} if with_issuer else {"CLERK_ISSUER": ""})).startswith("CLERK_JWT_KEY: ")


def test_production_takes_another_key_and_makes_none_of_its_own(keys: DevelopmentKeys, tmp_path: Path) -> None:
    environment = PRODUCTION | {"CLERK_JWT_KEY": pem_of(keys), "DATA_DIR": str(tmp_path), "CLERK_ISSUER": ""}

    assert read(**environment).clerk_jwt_key == pem_of(keys)
    assert not (tmp_path / KEY_FILE).exists()


def test_a_file_that_asks_for_production_is_refused(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("ENVIRONMENT=production\n")

    with pytest.raises(
        ConfigurationError, match=r"^ENVIRONMENT: .* is read in development only; set it in the environment"
    ):
        read_settings({}, file)


@pytest.mark.parametrize("origin", ["*", "null", "https://*.example.com", "https://a.example.com/", "a.example.com"])
def test_an_origin_is_exact(origin: str) -> None:
    assert refusal(CORS_ORIGINS=f"https://a.example.com, {origin}").startswith("CORS_ORIGINS: ")


@pytest.mark.parametrize("role", ["owner", "org:owner", "org:org:owner"])
def test_a_role_may_be_named_as_tokens_of_either_version_do(role: str) -> None:
    assert read(CLERK_ADMIN_ROLES=role).clerk_admin_roles == {"org:owner"}


def test_a_migration_needs_no_issuer() -> None:
    alone = {name: value for name, value in PRODUCTION.items() if not name.startswith("CLERK")}

    assert read_settings(alone, serving=False).database_url == PRODUCTION["DATABASE_URL"]
    with pytest.raises(ConfigurationError, match=r"^CLERK_ISSUER: "):
        read_settings(alone)
