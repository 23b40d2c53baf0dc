"""Text from a token that is fit to be kept."""

from typing import TypeGuard

MAX_TEXT = 255


def is_text(value: object, prefix: str = "") -> TypeGuard[str]:
    """Tell whether ``value`` is printable text of 1 to 255 characters, with more in it than ``prefix``."""
    if not isinstance(value, str) or not len(prefix) < len(value) <= MAX_TEXT:
        return False
    # Not printable: NUL and its kind, which PostgreSQL refuses, and lone surrogates, which UTF-8 cannot hold.
    return value.startswith(prefix) and value.isprintable()
