"""A PostgreSQL of its own that a test may kill; each of its commits waits for the disk, as in production."""

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg

from db.embedded import DATABASE, OWNER, SERVER, _load_package, create_database
from tests.isolation.scratch import SUPERUSER, connected, run_sql
from tests.operation.commands import free_port

PATIENCE = 60.0  # seconds
CONFIGURATION = """
    fsync = on
    synchronous_commit = on
    full_page_writes = on
    listen_addresses = '127.0.0.1'
    unix_socket_directories = ''
    shared_buffers = 32MB
    max_connections = 60
    min_wal_size = 32MB
    max_wal_size = 64MB
    port = {port}
"""
BUSY = """
    select pid from pg_stat_activity
    where usename = $1 and state in ('active', 'idle in transaction') and pid <> pg_backend_pid()
"""


@dataclass(frozen=True)
class Cluster:
    """A data directory and the port that its PostgreSQL listens on; ``user`` runs it where tests run as root."""

    data: Path
    port: int
    binaries: Path
    user: str | None

    @classmethod
    def create(cls, data: Path) -> "Cluster":
        """Make a data directory; its PostgreSQL does not run yet."""
        data.mkdir(exist_ok=True)
        package = _load_package().get_server(data, start=False)
        package.ensure_pgdata_inited()
        cluster = cls(data, free_port(), package.bin_path, package.system_user)
        cluster.configure(CONFIGURATION.format(port=cluster.port))
        return cluster

    def copy(self, data: Path) -> "Cluster":
        """Make a standby of this cluster, which has to run, in the directory ``data``."""
        standby = Cluster(data, free_port(), self.binaries, self.user)
        source = ("-h", "127.0.0.1", "-p", str(self.port), "-U", SUPERUSER)
        self._run("pg_basebackup", "-D", str(data), *source, "-R", "-X", "stream", "-c", "fast")
        standby.configure(f"port = {standby.port}\nsynchronous_standby_names = ''")
        return standby

    def configure(self, lines: str) -> None:
        """Add ``lines`` to the configuration; the last line of a setting counts."""
        with (self.data / "postgresql.conf").open("a") as configuration:
            configuration.write(f"{lines}\n")

    def url(self, role: str, database: str = DATABASE, port: int | None = None) -> str:
        return f"postgresql://{role}@127.0.0.1:{port or self.port}/{database}"

    def start(self) -> None:
        """Start PostgreSQL; after a crash its old processes may hold the memory for a moment."""
        deadline = time.monotonic() + PATIENCE
        while self._control("start", "-l", str(self.data / "log")).returncode:
            assert time.monotonic() < deadline, (self.data / "log").read_text()[-2_000:]

    def stop(self, mode: str = "fast") -> None:
        self._control("stop", "-m", mode)

    def restart(self, mode: str) -> None:
        restarted = self._control("restart", "-m", mode, "-l", str(self.data / "log"))
        assert restarted.returncode == 0, restarted.stdout

    def reload(self) -> None:
        """Read the configuration anew."""
        assert self._control("reload").returncode == 0

    def is_running(self) -> bool:
        return self._control("status").returncode == 0

    def promote(self) -> None:
        assert self._control("promote").returncode == 0

    def kill(self) -> None:
        """End the first process by SIGKILL, as the system does when memory is short."""
        os.kill(int((self.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)

    async def kill_backend(self) -> None:
        """End a process that works for the server at this moment by SIGKILL."""
        async with connected(self.url(SUPERUSER)) as superuser:
            process_id = None
            while process_id is None:
                process_id = await superuser.fetchval(BUSY, SERVER)
        os.kill(process_id, signal.SIGKILL)

    async def create_database(self) -> None:
        roles = [f"create role {role} login" for role in (OWNER, SERVER)]
        await run_sql(self.url(SUPERUSER, "postgres"), *roles, create_database(DATABASE))

    async def await_writes(self) -> float:
        """Return the moment from which PostgreSQL accepts connections that may write."""
        while True:
            try:
                connection = await asyncpg.connect(self.url(SUPERUSER), timeout=1)
                in_recovery = await connection.fetchval("select pg_is_in_recovery()")
                await connection.close()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError):
                in_recovery = True
            if not in_recovery:
                return time.monotonic()
            await asyncio.sleep(0.005)

    def _control(self, command: str, *options: str) -> "subprocess.CompletedProcess[str]":
        return self._run("pg_ctl", command, "-w", "-D", str(self.data), *options, check=False)

    def _run(self, program: str, *arguments: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [str(self.binaries / program), *arguments],
            stdout=subprocess.PIPE if program != "pg_ctl" else subprocess.DEVNULL,  # PostgreSQL would keep it open
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            cwd="/",
            user=self.user,
            text=True,
            timeout=PATIENCE,
            check=check,
        )


@contextmanager
def new_directory() -> Iterator[Path]:
    """Yield a directory below which PostgreSQL's user may work."""
    with TemporaryDirectory(prefix="clinic-", ignore_cleanup_errors=True) as directory:
        Path(directory).chmod(0o777)
        yield Path(directory)


@contextmanager
def running_cluster(data: Path) -> Iterator[Cluster]:
    """Yield a new cluster that runs; stop it, whatever has become of it."""
    cluster = Cluster.create(data)
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop("immediate")
