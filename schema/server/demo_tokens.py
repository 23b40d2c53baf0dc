"""Sign tokens of demo users, and name the command that prints one."""

import sys
from pathlib import Path
from shlex import quote

from resolvers.identity.development import DevelopmentKeys
from schema.server.settings import Settings

TOKEN_SECONDS = 3_600
APP = Path(__file__).parents[2] / "app.py"
DEFAULT_DATA_DIR = Path(".data")


def development_token(settings: Settings, role: str, slug: str, ttl: int = TOKEN_SECONDS) -> str:
    """Return a token of the demo user of that role, as Clerk would sign it."""
    return DevelopmentKeys.load_or_create(settings.data_dir).demo_token(slug, role, ttl)


def token_command(settings: Settings) -> str:
    """Return the shell command that prints a token which this server accepts."""
    data_dir = settings.data_dir
    assignment = "" if data_dir == DEFAULT_DATA_DIR else f"DATA_DIR={quote(str(data_dir.absolute()))} "
    return f"{assignment}{_relative_path(Path(sys.executable))} {_relative_path(APP)} token"


def _relative_path(path: Path) -> str:
    """Return ``path`` quoted for a shell, relative to the working directory where it lies below."""
    directory = Path.cwd()
    return quote(str(path.relative_to(directory) if path.is_relative_to(directory) else path))
