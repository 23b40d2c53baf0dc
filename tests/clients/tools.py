"""The programs that generate, check and run the clients; the locked npm packages come by ``make clients``."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
GENERATED = HERE / ".generated"
OPENAPI = HERE.parents[1] / "schema" / "openapi.json"
PATIENCE = 120.0  # seconds; only a program that hangs takes so long


def packages_are_installed() -> bool:
    return (HERE / "node_modules" / "installed").exists()


def npm(script: str, **environment: str) -> None:
    """Run a script of ``package.json``."""
    run("npm", "run", "--silent", script, **environment)


def run(*command: str, **environment: str) -> None:
    """Run ``command`` in this directory, with the environment's Python and Node first; its output is the failure."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    finished = subprocess.run(
        command,
        cwd=HERE,
        env=os.environ | {"PATH": path} | environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert finished.returncode == 0, f"{' '.join(command)}\n{finished.stdout}\n{finished.stderr}"
