"""Two identities of two organizations, whose records carry texts by which the other's responses can be searched."""

from collections import Counter
from dataclasses import dataclass, field

import httpx2

from tests.client import Member
from tests.clinic import Clinic


@dataclass(frozen=True)
class Identity:
    """A member of a clinic.

    ``foreign_text`` stands in each record of the other clinic; ``foreign_ids`` are the ids of those, by table.
    """

    member: Member
    ids: dict[str, list[int]]
    foreign_ids: dict[str, list[int]]
    foreign_text: str

    @property
    def all_ids(self) -> list[int]:
        return [id_ for ids in self.ids.values() for id_ in ids]


@dataclass
class Run:
    """What was sent and answered: ``cases`` by status, ``successes`` by operation."""

    cases: Counter[int] = field(default_factory=Counter)
    operations: set[str] = field(default_factory=set)
    successes: set[str] = field(default_factory=set)
    probes: int = 0

    def add(self, operation: str, response: httpx2.Response) -> None:
        self.cases[response.status_code] += 1
        self.operations.add(operation)
        if response.is_success:
            self.successes.add(operation)

    @property
    def failures(self) -> int:
        return sum(count for status, count in self.cases.items() if status >= 500)


async def make_identities(north: Clinic, south: Clinic) -> list[Identity]:
    """Return an admin of ``north`` and a patient of ``south``."""
    ids = {clinic.slug: await _fill(clinic) for clinic in (north, south)}
    admin = Identity(north.admin, ids[north.slug], ids[south.slug], south.slug)
    patient = Identity(south.patient, ids[south.slug], ids[north.slug], north.slug)
    return [admin, patient]


async def _fill(clinic: Clinic) -> dict[str, list[int]]:
    """Add some records to ``clinic``; return their ids by table."""
    user = await clinic.add_user()
    specialties = [await clinic.add_specialty(f"Specialty of {clinic.slug}") for _ in range(2)]
    text = {"title": clinic.slug, "description": clinic.slug, "specialty_ids": specialties[:1], "user_id": user}
    specialists = [await clinic.add_specialist(name=f"Doctor of {clinic.slug}", **text) for _ in range(3)]
    return {"specialists": specialists, "specialties": specialties}
