"""Read the settings, once, from the environment; in development also from a file ``.env``.

Each field of ``Settings`` is a variable of the environment and declares how its text is parsed and what it is by
default. The list of names and the search for misspelt ones follow from these declarations.
"""

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dotenv import dotenv_values

from db.errors import ConfigurationError
from resolvers.identity.development import KEY_FILE, DevelopmentKeys, is_development_issuer
from resolvers.identity.issuer import Issuer
from resolvers.identity.keys import PinnedKey
from schema.server.setting_values import (
    ENVIRONMENTS,
    LOG_FORMATS,
    Environment,
    LogFormat,
    admin_roles,
    comma_separated,
    one_of,
    optional,
    origins,
    pem_key,
    postgresql_url,
    rate_limit,
    setting,
    switch,
    whole_number,
)

MAX_PORT, MAX_COUNT = 65_535, 1_000
DEVELOPMENT_INSTANCES = (".clerk.accounts.dev", ".lclclerk.com")
DEVELOPMENT_KEY_PREFIX = "pk_test_"
MIN_TYPO_LENGTH = 8  # HOSTS and WORKER may well be somebody else's
SIMILARITY = 0.9  # of 1; DATABASE_USER is at 0.88 of DATABASE_URL, CLERK_SECRET_KEY at 0.76 of CLERK_JWT_KEY


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the environment says; a field is named as its variable, in lower case."""

    environment: Environment = setting(one_of(ENVIRONMENTS), "development")
    database_url: str | None = optional(postgresql_url)
    database_admin_url: str | None = optional(postgresql_url, fallback="DATABASE_URL")
    database_read_url: str | None = optional(postgresql_url)
    database_pool_size: int = setting(whole_number(MAX_COUNT), "8")
    data_dir: Path = setting(Path, ".data")
    clerk_issuer: Issuer | None = optional(Issuer.from_url)
    clerk_publishable_key: str | None = optional(str)
    clerk_jwt_key: str | None = optional(pem_key)
    clerk_authorized_parties: frozenset[str] = setting(comma_separated, "")
    clerk_admin_roles: frozenset[str] = setting(admin_roles, "org:admin")
    cors_origins: tuple[str, ...] = setting(origins, "")
    graphiql: bool = setting(switch, "on", production="off")
    introspection: bool = setting(switch, "on")
    batching: bool = setting(switch, "off")
    host: str = setting(str, "127.0.0.1")
    port: int = setting(whole_number(MAX_PORT), "8000")
    workers: int = setting(whole_number(MAX_COUNT), "1")
    rate_limit: int | None = setting(rate_limit, "off", production="6000000")
    log_format: LogFormat = setting(one_of(LOG_FORMATS), "text", production="json")

    @property
    def development(self) -> bool:
        return self.environment == "development"

    @property
    def organization_connections(self) -> int:
        """Return how many connections of a worker one organization may use at once: half, except in development.

        A development server that limits rates limits this, too.
        """
        if self.development and self.rate_limit is None:
            return self.database_pool_size
        return max(self.database_pool_size // 2, 1)

    @property
    def worker_rate_limit(self) -> int | None:
        """Return what an organization may spend a minute at one worker, which does not know of the others."""
        return None if self.rate_limit is None else max(self.rate_limit // self.workers, 1)

    @property
    def issuer(self) -> Issuer | None:
        """Return whose tokens are accepted: ``CLERK_ISSUER`` goes before the one in ``CLERK_PUBLISHABLE_KEY``."""
        if self.clerk_issuer or not self.clerk_publishable_key:
            return self.clerk_issuer
        return Issuer.from_publishable_key(self.clerk_publishable_key)

    def with_database(self, url: str, admin_url: str | None = None) -> "ServerSettings":
        """Return these settings for a server on the database at ``url``."""
        values = {declaration.name: getattr(self, declaration.name) for declaration in fields(self)}
        return ServerSettings(**values | {"database_url": url, "database_admin_url": admin_url or url})


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSettings(Settings):
    """Settings with a database: its own or, in development, the embedded one."""

    database_url: str
    database_admin_url: str


SETTING_NAMES = tuple(declaration.name.upper() for declaration in fields(Settings))


def read_settings(
    environment: Mapping[str, str] = os.environ, env_file: Path = Path(".env"), *, serving: bool = True
) -> Settings:
    """Return the settings; raise ``ConfigurationError`` with one sentence that names the setting and the fix.

    ``serving``: what a server must have is demanded, not only what a command needs.
    """
    with _naming("ENVIRONMENT"):
        mode = one_of(ENVIRONMENTS)(environment.get("ENVIRONMENT") or "development")
    file_variables = dotenv_values(env_file) if mode == "development" else {}
    if file_variables.get("ENVIRONMENT") not in (None, "", "development"):
        raise ConfigurationError(
            f"ENVIRONMENT: {env_file} is read in development only; set it in the environment itself."
        )
    variables = {**{name: text for name, text in file_variables.items() if text is not None}, **environment}
    settings = Settings(**_parse(variables, mode))
    with _naming("CLERK_PUBLISHABLE_KEY"):
        issuer = settings.issuer
    if not settings.development:
        _check_production(settings, issuer, serving=serving)
    return settings


def read_server_settings(environment: Mapping[str, str] = os.environ) -> ServerSettings:
    """Return the settings of a process whose database is known; raise ``ConfigurationError``."""
    settings = read_settings(environment)
    if settings.database_url is None:
        raise ConfigurationError("DATABASE_URL: it is not set; run python app.py serve, which starts a database.")
    return settings.with_database(settings.database_url, settings.database_admin_url)


def misspelt_settings(names: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield each of ``names`` that is close to a setting which is not among them, with that setting."""
    unset = [name for name in SETTING_NAMES if len(name) >= MIN_TYPO_LENGTH and name not in names]
    for name in sorted(set(names).difference(SETTING_NAMES)):
        for match in get_close_matches(name, unset, n=1, cutoff=SIMILARITY):
            yield name, match


def _parse(variables: Mapping[str, str], mode: Environment) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for declaration in fields(Settings):
        name, rule = declaration.name.upper(), declaration.metadata
        text = variables.get(name) or variables.get(rule["fallback"] or "") or rule[mode]
        with _naming(name):
            values[declaration.name] = None if text is None else rule["parse"](text)
    return values


@contextmanager
def _naming(name: str) -> Iterator[None]:
    """Raise what a parser refuses as a sentence about the setting ``name``."""
    try:
        yield
    except ValueError as error:
        raise ConfigurationError(f"{name}: {error}.") from None


def _check_production(settings: Settings, issuer: Issuer | None, *, serving: bool) -> None:
    """Refuse what is for development only."""
    if settings.database_url is None:
        raise ConfigurationError(
            "DATABASE_URL: production needs a PostgreSQL of its own; give the address of the server's role."
        )
    if serving and issuer is None and settings.clerk_jwt_key is None:
        raise ConfigurationError(
            "CLERK_ISSUER: nothing says whose tokens hold; set it, CLERK_PUBLISHABLE_KEY or CLERK_JWT_KEY."
        )
    if (settings.clerk_publishable_key or "").strip().startswith(DEVELOPMENT_KEY_PREFIX):
        raise ConfigurationError("CLERK_PUBLISHABLE_KEY: a development key is configured; set a pk_live_ key.")
    if issuer and _is_for_development(issuer):
        name = "CLERK_ISSUER" if settings.clerk_issuer else "CLERK_PUBLISHABLE_KEY"
        raise ConfigurationError(f"{name}: a development issuer is configured; set the one of the production instance.")
    if settings.clerk_jwt_key and _is_development_key(settings.clerk_jwt_key, settings.data_dir):
        raise ConfigurationError(
            "CLERK_JWT_KEY: the development key is configured; set the key of the production instance."
        )


def _is_for_development(issuer: Issuer) -> bool:
    return is_development_issuer(issuer.url) or (urlsplit(issuer.url).hostname or "").endswith(DEVELOPMENT_INSTANCES)


def _is_development_key(jwt_key: str, data_dir: Path) -> bool:
    """Tell whether it is the key kept in ``data_dir``; where there is none, none is made."""
    if not (data_dir / KEY_FILE).is_file():
        return False
    public_key = DevelopmentKeys.load_or_create(data_dir).public_key
    return PinnedKey.from_setting(jwt_key).key.public_numbers() == public_key.public_numbers()
