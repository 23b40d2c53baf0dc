"""Ids as clients write them: whatever is not one is an id that no record has."""

import re

DECIMAL = re.compile(r"[1-9][0-9]{0,18}")
LARGEST = 2**63 - 1
NO_RECORD = 0


def record_id(value: object) -> int:
    """``value`` (an integer, or its decimal text) as an id; ``NO_RECORD`` if it cannot be one."""
    if isinstance(value, str):
        value = int(value) if DECIMAL.fullmatch(value) else NO_RECORD
    if not isinstance(value, int) or isinstance(value, bool):
        return NO_RECORD
    return value if 0 < value <= LARGEST else NO_RECORD
