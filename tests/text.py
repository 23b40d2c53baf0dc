"""The shapes of text that both APIs use: instants, and names in two spellings."""

import re
from functools import cache

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@cache
def camel(name: str) -> str:
    """Return GraphQL's spelling of a REST name."""
    return re.sub(r"_(\w)", lambda match: match[1].upper(), name)


@cache
def snake(name: str) -> str:
    """Return REST's spelling of a GraphQL name."""
    return re.sub(r"([A-Z])", lambda match: f"_{match[1].lower()}", name)
