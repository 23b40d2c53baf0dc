"""Write or compare the committed descriptions of both APIs: ``schema.graphql`` and ``openapi.json``."""

import json
from pathlib import Path

from schema.definition import SCHEMA
from schema.openapi.document import openapi

SCHEMA_FOLDER = Path(__file__).parents[1]


def snapshots() -> dict[Path, str]:
    """Return what the committed files should contain, by path."""
    return {
        SCHEMA_FOLDER / "schema.graphql": SCHEMA.as_str() + "\n",
        SCHEMA_FOLDER / "openapi.json": json.dumps(openapi(), indent=2, ensure_ascii=False) + "\n",
    }


def write_snapshots() -> None:
    """Write the files anew."""
    for path, text in snapshots().items():
        path.write_text(text, encoding="utf-8")


def stale_snapshots() -> list[str]:
    """Return the names of the files that do not contain what they should."""
    return [
        path.name for path, text in snapshots().items() if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
