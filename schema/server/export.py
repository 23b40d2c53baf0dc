"""The snapshots of both faces, written or compared."""

import json
from pathlib import Path

from schema.definition import SCHEMA
from schema.openapi.document import openapi

HERE = Path(__file__).parents[1]


def snapshots() -> dict[Path, str]:
    """What the committed files should hold."""
    return {
        HERE / "schema.graphql": SCHEMA.as_str() + "\n",
        HERE / "openapi.json": json.dumps(openapi(), indent=2, ensure_ascii=False) + "\n",
    }


def write_snapshots() -> None:
    for path, text in snapshots().items():
        path.write_text(text, encoding="utf-8")


def stale_snapshots() -> list[str]:
    """The names of the files that do not hold what they should."""
    return [
        path.name for path, text in snapshots().items() if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
