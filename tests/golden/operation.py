"""One golden operation: a folder with what is asked, what is answered and the SQL that answers it."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

from tests.client import Member
from tests.roster import FIRST_ID
from tests.text import INSTANT

WRITE = os.environ.get("GOLDEN") == "write"
FOLDERS = Path(__file__).parent / "operations"
ARRANGED = "2025-"  # the year of the roster
OF_ORGANIZATION = {"organizationId", "organization_id", "organization"}


@dataclass(frozen=True)
class Operation:
    """``operation.graphql`` or ``request.http``, perhaps ``variables.json``.

    ``earlier.graphql`` is asked before; the ``cursor`` in its answer becomes the variable ``$cursor``.
    """

    folder: Path

    @property
    def writes(self) -> bool:
        return self._read("operation.graphql").startswith("mutation")

    async def prepared(self, who: Member) -> dict[str, Any]:
        """The variables, with the cursor that an earlier operation gave."""
        variables: dict[str, Any] = json.loads(self._read("variables.json") or "{}")
        if (self.folder / "earlier.graphql").exists():
            earlier = await self._graphql(who, "earlier.graphql", variables)
            variables["cursor"] = _found("cursor", earlier.json())
        return variables

    async def send(self, who: Member, variables: dict[str, Any]) -> httpx2.Response:
        if (self.folder / "request.http").exists():
            method, address = self._read("request.http").split()
            return await who.rest(method, address)
        return await self._graphql(who, "operation.graphql", variables)

    async def _graphql(self, who: Member, name: str, variables: dict[str, Any]) -> httpx2.Response:
        body = {"query": self._read(name), "variables": variables}
        return await who.rest("POST", "/graphql", body)

    def check(self, name: str, text: str) -> None:
        """The file says ``text``; or from now on it does."""
        path = self.folder / name
        if WRITE:
            assert '"internal_error"' not in text, f"{path.parent.name} fails: a failure is no golden answer"
            path.write_text(text, encoding="utf-8")
        assert self._read(name) == text, f"{path} differs; if that is meant, GOLDEN=write pytest tests/golden"

    def _read(self, name: str) -> str:
        path = self.folder / name
        return path.read_text(encoding="utf-8") if path.exists() else ""


def operations() -> list[Operation]:
    return [Operation(folder) for folder in sorted(FOLDERS.iterdir())]


def _found(name: str, value: Any) -> str | None:
    """The first value of the key ``name``, however deep it stands."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, element in parts:
        text = element if key == name else _found(name, element)
        if text is not None:
            return str(text)
    return None


class Placeholders:
    """Stable words, in order of appearance, for what differs between runs."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], str] = {}

    def settle(self, value: Any, key: str = "") -> Any:
        """``value`` without the organization, the ids that sequences gave, and instants of today."""
        if key in OF_ORGANIZATION:
            return self._organization(value)
        if isinstance(value, dict):
            return {name: self.settle(field_value, name) for name, field_value in value.items()}
        if isinstance(value, list):
            return [self.settle(element) for element in value]
        if key in ("id", "request_id") and value is not None and not _arranged(value):
            return self._named(key, value)
        if isinstance(value, str) and INSTANT.fullmatch(value) and not value.startswith(ARRANGED):
            return "<now>"
        return value

    def _organization(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return "<organization>"
        return {
            key: field_value if key == "__typename" else f"<organization {key}>" for key, field_value in value.items()
        }

    def _named(self, kind: str, value: object) -> str:
        return self._known.setdefault((kind, str(value)), f"<{kind} {len(self._known) + 1}>")


def _arranged(id_: object) -> bool:
    return str(id_).isdigit() and FIRST_ID <= int(str(id_)) < FIRST_ID + 1_000


def answer_of(response: httpx2.Response) -> str:
    """Status and body, as the file has it."""
    settled = Placeholders().settle(json.loads(response.text))
    return json.dumps({"status": response.status_code, "body": settled}, indent=2, ensure_ascii=False) + "\n"


def unfinished() -> Iterator[Path]:
    """Files that belong to no operation."""
    file_names = {
        "operation.graphql",
        "request.http",
        "earlier.graphql",
        "variables.json",
        "answer.json",
        "statement.sql",
    }
    for operation in operations():
        yield from (path for path in operation.folder.iterdir() if path.name not in file_names)
