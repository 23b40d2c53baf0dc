"""Find variables of the environment that look like a setting and are none."""

from collections.abc import Collection, Iterable
from difflib import get_close_matches

SETTINGS = (
    "ENVIRONMENT",
    "DATABASE_URL",
    "DATABASE_ADMIN_URL",
    "DATABASE_READ_URL",
    "DATABASE_POOL_SIZE",
    "DATA_DIR",
    "CLERK_PUBLISHABLE_KEY",
    "CLERK_ISSUER",
    "CLERK_JWT_KEY",
    "CLERK_AUTHORIZED_PARTIES",
    "CLERK_ADMIN_ROLES",
    "CORS_ORIGINS",
    "GRAPHIQL",
    "HOST",
    "PORT",
    "WORKERS",
    "LOG_FORMAT",
)
PREFIXES = tuple(sorted({f"{name.partition('_')[0]}_" for name in SETTINGS if "_" in name}))
SIMILARITY = 0.9  # of 1; DATABASE_USER is at 0.88 of DATABASE_URL, CLERK_SECRET_KEY at 0.76 of CLERK_JWT_KEY


def misspellings(names: Collection[str]) -> Iterable[tuple[str, str]]:
    """Yield each name that is close to a setting which is not set, with that setting.

    Only names with a prefix of ours are looked at: the environment is full of the variables of others.
    """
    free = [setting for setting in SETTINGS if setting not in names]
    for name in sorted(names):
        if name.startswith(PREFIXES) and name not in SETTINGS:
            for setting in get_close_matches(name, free, n=1, cutoff=SIMILARITY):
                yield name, setting
