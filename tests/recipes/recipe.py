"""A copy of the repository with the patch of one recipe, its files counted and its server started."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from db.migrate import newest_revision
from tests.operation.commands import APP, PATIENCE, Commands, Running

ROOT = APP.parent
HERE = Path(__file__).parent
PATCHED_FILE = re.compile(r"^\+\+\+ b/(.+)$", re.MULTILINE)
REVISIONS = re.compile(r'^revision = "\d+"\ndown_revision = "\d+"$', re.MULTILINE)
STALE = "The lines around the change are others by now: make the change by hand and write the patch anew with git diff."
IGNORED = shutil.ignore_patterns("__pycache__", "node_modules", "dist")


@dataclass(frozen=True)
class Recipe:
    """A recipe by the name of its patch, applied in ``directory``."""

    name: str
    directory: Path

    @property
    def files(self) -> list[str]:
        """Return the paths of the files that the recipe changes or adds; snapshots are generated and not among them."""
        return PATCHED_FILE.findall((HERE / f"{self.name}.patch").read_text(encoding="utf-8"))

    @property
    def commands(self) -> Commands:
        return Commands(self.directory, app=self.directory / "app.py")

    def apply(self) -> None:
        """Copy the repository's source into ``directory`` and apply the patch."""
        for name in ("schema", "resolvers", "db"):
            shutil.copytree(ROOT / name, self.directory / name, ignore=IGNORED)
        shutil.copy(APP, self.directory)
        newest = newest_revision()
        command = ["git", "apply", "-C1", str(HERE / f"{self.name}.patch")]
        result = subprocess.run(
            command, cwd=self.directory, capture_output=True, text=True, check=False, timeout=PATIENCE
        )
        assert result.returncode == 0, f"{command[-1]}: {result.stderr}{STALE}"
        self._follow(newest)

    def _follow(self, newest: str | None) -> None:
        """Let the migration of the patch follow the ``newest`` of the repository, whatever number that has by now."""
        for name in self.files:
            if name.startswith("db/migrations/versions/"):
                migration = self.directory / name
                text = REVISIONS.sub(f'revision = "recipe"\ndown_revision = "{newest}"', migration.read_text("utf-8"))
                migration.write_text(text, encoding="utf-8")

    @contextmanager
    def serving(self) -> Iterator["PatchedServer"]:
        """Export the snapshots and serve the patched copy on a new database, migrated and with the demo clinics."""
        exported = self.commands.run("export")
        assert exported.returncode == 0, exported.stderr
        with self.commands.serving("serve") as running:
            yield PatchedServer(running, self.commands, "north")

    def snapshot(self, name: str) -> str:
        """Return the text of ``schema.graphql`` or ``openapi.json`` as the patched copy exports it."""
        return (self.directory / "schema" / name).read_text(encoding="utf-8")


@dataclass(frozen=True)
class PatchedServer:
    """The running server of a patched copy, used as an admin of the demo clinic ``slug``."""

    running: Running
    commands: Commands
    slug: str

    def of(self, slug: str) -> "PatchedServer":
        """Return the same server, used as an admin of another demo clinic."""
        return replace(self, slug=slug)

    def rest(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """Return status and JSON of the response to a REST request."""
        response = self.running.request(method, path, self.commands.token(self.slug), body)
        return response.status_code, response.json()

    def graphql(self, query: str, **variables: object) -> Any:
        """Return the ``data`` of a GraphQL operation that must not have errors."""
        operation = {"query": query, "variables": variables}
        body = self.running.request("POST", "/graphql", self.commands.token(self.slug), operation).json()
        assert "errors" not in body, body
        return body["data"]
