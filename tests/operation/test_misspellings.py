"""A variable that looks like a setting and is none is told of; those of others are not."""

import pytest

from schema.server.settings import MIN_TYPO_LENGTH, SETTING_NAMES, misspelt_settings

TYPOS = {
    "CORS_ORIGIN": "CORS_ORIGINS",
    "CORS_ORGINS": "CORS_ORIGINS",
    "DATABASE_POOLSIZE": "DATABASE_POOL_SIZE",
    "DATABASE_URI": "DATABASE_URL",
    "CLERK_JWTKEY": "CLERK_JWT_KEY",
    "CLERK_AUTHORISED_PARTIES": "CLERK_AUTHORIZED_PARTIES",
    "DATA_DIRS": "DATA_DIR",
    "LOG_FORMATS": "LOG_FORMAT",
    "ENVIROMENT": "ENVIRONMENT",
    "DATABSE_URL": "DATABASE_URL",
    "CLREK_ISSUER": "CLERK_ISSUER",
    "COR_ORIGINS": "CORS_ORIGINS",
    "GRAPHQL": "GRAPHIQL",
    "INTROSPECTON": "INTROSPECTION",
}
OTHERS = [
    "CLERK_SECRET_KEY",
    "CLERK_API_KEY",
    "NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY",
    "DATABASE_HOST",
    "DATABASE_USER",
    "LOG_LEVEL",
    "HOSTNAME",
    "HOSTS",
    "PORTS",
    "WORKER",
    "PATH",
    "NODE_ENV",
    "VIRTUAL_ENV",
    "LANGUAGE",
]


@pytest.mark.parametrize("setting", [name for name in SETTING_NAMES if len(name) >= MIN_TYPO_LENGTH])
def test_every_setting_is_compared_with(setting: str) -> None:
    assert list(misspelt_settings([f"{setting}X"])) == [(f"{setting}X", setting)]


@pytest.mark.parametrize(("name", "setting"), TYPOS.items())
def test_a_typo_is_found(name: str, setting: str) -> None:
    assert list(misspelt_settings([name, "PATH"])) == [(name, setting)]


def test_the_variables_of_others_and_our_own_are_not_typos() -> None:
    assert list(misspelt_settings([*OTHERS, *SETTING_NAMES])) == []
    assert list(misspelt_settings(OTHERS)) == []


def test_who_has_set_the_setting_knows_it() -> None:
    assert list(misspelt_settings(["CORS_ORIGIN", "CORS_ORIGINS"])) == []
