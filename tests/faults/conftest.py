"""Long runs are skipped unless ``FAULTS=1``."""

import os
from collections.abc import Iterable

import pytest

LONG_RUN = bool(os.environ.get("FAULTS"))


def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("long") and not LONG_RUN:
            item.add_marker(pytest.mark.skip(reason="a long run: make faults"))
