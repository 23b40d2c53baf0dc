"""Settings, read once from the environment (in development also from ``.env``); values from there on."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar, get_args
from urllib.parse import urlsplit

from dotenv import dotenv_values

from db.errors import ConfigurationError
from resolvers.identity.claims import normalize_role
from resolvers.identity.development import KEY_FILE, DevelopmentKeys, is_development_issuer
from resolvers.identity.issuer import Issuer
from resolvers.identity.keys import PinnedKey

Environment = Literal["development", "production"]
LogFormat = Literal["text", "json"]
Word = TypeVar("Word", bound=str)
DEVELOPMENT_INSTANCE = (".clerk.accounts.dev", ".lclclerk.com")
DEVELOPMENT_KEY = "pk_test_"
ORIGIN = re.compile(r"https?://[^/\s*?#]+")
POSTGRESQL = ("postgresql://", "postgres://")
MAX_PORT, MOST = 65_535, 1_000


@dataclass(frozen=True, slots=True)
class Settings:
    """One field a variable of the environment, in lower case."""

    environment: Environment
    database_url: str | None
    database_admin_url: str | None
    database_read_url: str | None
    database_pool_size: int
    data_dir: Path
    issuer: Issuer | None
    clerk_jwt_key: str | None
    clerk_authorized_parties: frozenset[str]
    clerk_admin_roles: frozenset[str]
    cors_origins: tuple[str, ...]
    graphiql: bool
    introspection: bool
    batching: bool
    host: str
    port: int
    workers: int
    log_format: LogFormat

    @property
    def development(self) -> bool:
        return self.environment == "development"


def read_settings(
    environment: Mapping[str, str] = os.environ, env_file: Path = Path(".env"), *, serving: bool = True
) -> Settings:
    """Raises ``ConfigurationError`` with one sentence that names the setting and the mend.

    ``serving``: what a server must have is demanded, not only what a command needs.
    """
    mode = _one_of(environment, "ENVIRONMENT", get_args(Environment), "development")
    file = dotenv_values(env_file) if mode == "development" else {}
    if file.get("ENVIRONMENT") not in (None, "", "development"):
        raise ConfigurationError(
            f"ENVIRONMENT: {env_file} is read in development only; set it in the environment itself."
        )
    given = {**{name: value for name, value in file.items() if value is not None}, **environment}
    settings = Settings(
        environment=mode,
        database_url=_database(given, "DATABASE_URL"),
        database_admin_url=_database(given, "DATABASE_ADMIN_URL") or _database(given, "DATABASE_URL"),
        database_read_url=_database(given, "DATABASE_READ_URL"),
        database_pool_size=_number(given, "DATABASE_POOL_SIZE", 8, MOST),
        data_dir=Path(given.get("DATA_DIR") or ".data"),
        issuer=_issuer(given),
        clerk_jwt_key=_public_key(given, "CLERK_JWT_KEY"),
        clerk_authorized_parties=frozenset(_listed(given.get("CLERK_AUTHORIZED_PARTIES"))),
        clerk_admin_roles=frozenset(map(normalize_role, _listed(given.get("CLERK_ADMIN_ROLES") or "org:admin"))),
        cors_origins=_origins(given),
        graphiql=_one_of(given, "GRAPHIQL", ("on", "off"), "on" if mode == "development" else "off") == "on",
        introspection=_one_of(given, "INTROSPECTION", ("on", "off"), "on") == "on",
        batching=_one_of(given, "BATCHING", ("on", "off"), "off") == "on",
        host=given.get("HOST") or "127.0.0.1",
        port=_number(given, "PORT", 8000, MAX_PORT),
        workers=_number(given, "WORKERS", 1, MOST),
        log_format=_one_of(given, "LOG_FORMAT", get_args(LogFormat), "text" if mode == "development" else "json"),
    )
    if not settings.development:
        _check_production(settings, given, serving=serving)
    return settings


def _origins(given: Mapping[str, str]) -> tuple[str, ...]:
    origins = tuple(_listed(given.get("CORS_ORIGINS")))
    for each in origins:
        if not ORIGIN.fullmatch(each):
            raise ConfigurationError(
                f"CORS_ORIGINS: {each[:100]!r} is no exact origin such as https://app.example.com."
            )
    return origins


def _database(given: Mapping[str, str], name: str) -> str | None:
    """The address as it stands, which is not repeated in the refusal: it may hold a password."""
    url = given.get(name) or None
    if url and not url.startswith(POSTGRESQL):
        raise ConfigurationError(f"{name}: it is not an address such as postgresql://role@host/database.")
    return url


def _public_key(given: Mapping[str, str], name: str) -> str | None:
    setting = given.get(name) or None
    if setting:
        try:
            PinnedKey.from_setting(setting)
        except ValueError as error:
            raise ConfigurationError(f"{name}: {error}.") from None
    return setting


def _issuer(given: Mapping[str, str]) -> Issuer | None:
    try:
        if given.get("CLERK_ISSUER"):
            return Issuer.from_url(given["CLERK_ISSUER"])
        if given.get("CLERK_PUBLISHABLE_KEY"):
            return Issuer.from_publishable_key(given["CLERK_PUBLISHABLE_KEY"])
    except ValueError as error:
        name = "CLERK_ISSUER" if given.get("CLERK_ISSUER") else "CLERK_PUBLISHABLE_KEY"
        raise ConfigurationError(f"{name}: {error}.") from None
    return None


def _check_production(settings: Settings, given: Mapping[str, str], *, serving: bool) -> None:
    """Refuse what is for development only."""
    if settings.database_url is None:
        raise ConfigurationError(
            "DATABASE_URL: production needs a PostgreSQL of its own; give the address of the server's role."
        )
    if serving and settings.issuer is None and settings.clerk_jwt_key is None:
        raise ConfigurationError(
            "CLERK_ISSUER: nothing says whose tokens hold; set it, CLERK_PUBLISHABLE_KEY or CLERK_JWT_KEY."
        )
    if (given.get("CLERK_PUBLISHABLE_KEY") or "").strip().startswith(DEVELOPMENT_KEY):
        raise ConfigurationError("CLERK_PUBLISHABLE_KEY: a development key is configured; set a pk_live_ key.")
    if settings.issuer and _is_for_development(settings.issuer):
        name = "CLERK_ISSUER" if given.get("CLERK_ISSUER") else "CLERK_PUBLISHABLE_KEY"
        raise ConfigurationError(f"{name}: a development issuer is configured; set the one of the production instance.")
    if settings.clerk_jwt_key and _is_development_key(settings.clerk_jwt_key, settings.data_dir):
        raise ConfigurationError(
            "CLERK_JWT_KEY: the development key is configured; set the key of the production instance."
        )


def _is_for_development(issuer: Issuer) -> bool:
    return is_development_issuer(issuer.url) or (urlsplit(issuer.url).hostname or "").endswith(DEVELOPMENT_INSTANCE)


def _is_development_key(setting: str, data_dir: Path) -> bool:
    """Whether it is the key kept in ``data_dir``; where there is none, none is made."""
    if not (data_dir / KEY_FILE).is_file():
        return False
    kept = DevelopmentKeys.load_or_create(data_dir).public_key
    return PinnedKey.from_setting(setting).key.public_numbers() == kept.public_numbers()


def _listed(text: str | None) -> list[str]:
    return [each.strip() for each in (text or "").split(",") if each.strip()]


def _number(given: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = given.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and 1 <= int(text) <= most):
        raise ConfigurationError(f"{name}: {text[:20]!r} is not a whole number from 1 to {most}.")
    return int(text)


def _one_of(given: Mapping[str, str], name: str, words: tuple[Word, ...], default: Word) -> Word:
    text = given.get(name) or default
    for word in words:
        if text == word:
            return word
    raise ConfigurationError(f"{name}: {text!r} is not one of {', '.join(words)}.")
