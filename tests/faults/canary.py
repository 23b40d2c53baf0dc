"""Clinics whose every record carries a text of its own, and requests whose answers must carry no other."""

import json
import random
import re
from collections import Counter
from dataclasses import dataclass, field

from tests.client import Json, Member
from tests.clinic import Clinic

CANARY = re.compile(rb"canary-[0-9a-f]{12}")
RECORDS = 5
NESTED = "{ specialists(first: 5) { nodes { name title specialties { title } user { email } } totalCount } }"
SEVERAL = "{ specialties { nodes { title slug } } specialists(last: 2) { nodes { name description } } viewer { role } }"
BY_ID = "query ($id: ID!) { specialist(id: $id) { name title description specialties { title } } }"
UPDATE = """
    mutation ($id: ID!, $title: String) { updateSpecialist(id: $id, input: {title: $title}) { name title slug } }
"""


@dataclass(frozen=True)
class Request:
    """A request of a member of the clinic whose records carry ``canary``."""

    canary: bytes
    member: Member
    method: str
    path: str
    body: bytes = b""

    def raw(self) -> bytes:
        """Return the bytes that a client sends."""
        head = (
            f"{self.method} {self.path} HTTP/1.1\r\nhost: clinic.test\r\nauthorization: Bearer {self.member.token}\r\n"
        )
        content = f"content-type: application/json\r\ncontent-length: {len(self.body)}\r\n" if self.body else ""
        return f"{head}{content}\r\n".encode() + self.body


@dataclass
class Answers:
    """How many answers there were by status, how many carried their own text, and those that carried another's."""

    statuses: Counter[int] = field(default_factory=Counter)
    own: int = 0
    foreign: list[str] = field(default_factory=list)
    abandoned: int = 0

    def add(self, request: Request, status: int, content: bytes) -> None:
        canaries = set(CANARY.findall(content))
        self.statuses[status] += 1
        self.own += request.canary in canaries
        if canaries - {request.canary}:
            self.foreign.append(f"{request.method} {request.path} {request.body[:100]!r}: {content[:500]!r}")


async def arrange(clinics: list[Clinic]) -> list[Request]:
    """Fill ``clinics``; return requests of their members, also for ids of the clinic beside theirs."""
    filled = [(clinic, _canary(clinic), await _fill(clinic)) for clinic in clinics]
    requests = []
    for index, (clinic, canary, ids) in enumerate(filled):
        requests += _requests(clinic, canary, ids, filled[index - 1][2])
    random.Random(0).shuffle(requests)
    return requests


def _canary(clinic: Clinic) -> str:
    return f"canary-{clinic.slug.rpartition('-')[2]}"


async def _fill(clinic: Clinic) -> list[int]:
    text = _canary(clinic)
    specialties = [await clinic.add_specialty(f"{text} {number}") for number in range(2)]
    fields = {"title": text, "description": text, "specialty_ids": specialties}
    return [
        await clinic.add_specialist(name=f"Dr. {text} {number}", slug=f"{text}-{number}", **fields)
        for number in range(RECORDS)
    ]


def _requests(clinic: Clinic, canary: str, ids: list[int], foreign_ids: list[int]) -> list[Request]:
    paths = [
        "/v1/specialists?include=specialties,user&page_size=3&page=2",
        f"/v1/specialists?search={canary}&sort=-name",
        "/v1/specialties",
        *(f"/v1/specialists/{id_}?include=specialties" for id_ in (ids[0], ids[1], foreign_ids[0])),
    ]
    documents: list[Json] = [
        {"query": NESTED},
        {"query": SEVERAL},
        *({"query": BY_ID, "variables": {"id": str(id_)}} for id_ in (ids[2], foreign_ids[1])),
        *({"query": UPDATE, "variables": {"id": str(ids[3]), "title": f"{canary} {number}"}} for number in range(2)),
        {"query": UPDATE, "variables": {"id": str(foreign_ids[3]), "title": canary}},
    ]
    change = json.dumps({"title": f"{canary} again"}).encode()
    mark, admin, patient = canary.encode(), clinic.admin, clinic.patient
    return [
        *(Request(mark, patient, "GET", path) for path in paths),
        *(Request(mark, admin, "POST", "/graphql", json.dumps(document).encode()) for document in documents),
        Request(mark, admin, "PUT", f"/v1/specialists/{ids[4]}", change),
        Request(mark, admin, "PUT", f"/v1/specialists/{foreign_ids[4]}", change),
    ]
