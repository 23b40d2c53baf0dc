"""Ids as clients write them: whatever is not one is an id that no record has."""

LARGEST = 2**63 - 1
NO_RECORD = 0


def record_id(value: object) -> int:
    """``value`` (an integer, or its decimal text) as an id; ``NO_RECORD`` if it cannot be one."""
    if isinstance(value, str):
        value = int(value) if value.isascii() and value.isdigit() and len(value) <= 19 else NO_RECORD
    if not isinstance(value, int) or isinstance(value, bool):
        return NO_RECORD
    return value if 0 < value <= LARGEST else NO_RECORD
