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
    "BATCHING",
    "GRAPHIQL",
    "INTROSPECTION",
    "HOST",
    "PORT",
    "WORKERS",
    "LOG_FORMAT",
)
DISTINCT = tuple(name for name in SETTINGS if len(name) >= 8)  # HOSTS and WORKER may well be somebody else's
SIMILARITY = 0.9  # of 1; DATABASE_USER is at 0.88 of DATABASE_URL, CLERK_SECRET_KEY at 0.76 of CLERK_JWT_KEY


def misspellings(names: Collection[str]) -> Iterable[tuple[str, str]]:
    """Yield each name that is close to a setting which is not set, with that setting."""
    free = [setting for setting in DISTINCT if setting not in names]
    for name in sorted(names):
        if name not in SETTINGS:
            for setting in get_close_matches(name, free, n=1, cutoff=SIMILARITY):
                yield name, setting
