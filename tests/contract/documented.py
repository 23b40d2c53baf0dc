"""The clinic of the documented examples: one specialist as the contract shows her, and four older ones."""

import json
from dataclasses import dataclass
from typing import Any

from db.database import Transaction
from tests.api import SPECIALIST
from tests.clinic import Clinic
from tests.rows import insert, instant, transaction_of

Json = dict[str, Any]

SPECIALTIES = (("Cardiology", "cardiology"), ("Internal Medicine", "internal-medicine"), ("Surgery", "surgery"))
USER: Json = {"email": "jane@example.com", "username": "jane@example.com", "role": "specialist"}
JANE: Json = {
    "name": "Dr. Jane Smith",
    "title": "Cardiologist",
    "description": "Hearts, above all.",
    "slug": "dr-jane-smith",
    "signature_url": "https://files.example.com/signatures/smith.png",
    "avatar_url": "https://files.example.com/avatars/smith.jpg",
    "scheduling_timezone": "America/New_York",
    "scheduling_active": True,
    "minicrm_name": "DrSmith",
    "deleted_at": None,
    "created_at": "2025-01-10T08:00:00Z",
    "updated_at": "2025-01-15T10:30:00Z",
}


@dataclass(frozen=True)
class Documented:
    """The records as responses have them: fields that ``JANE`` lacks are null. She holds the first two specialties."""

    jane: Json
    user: Json
    specialties: list[Json]

    @property
    def path(self) -> str:
        return f"/v1/specialists/{self.jane['id']}"

    @property
    def specialty_ids(self) -> list[int]:
        return [specialty["id"] for specialty in self.specialties]


async def add_documented(clinic: Clinic) -> Documented:
    async with transaction_of(clinic) as transaction:
        user = {"id": (await insert(transaction, "users", **USER))["id"]} | USER
        specialties = [await _specialty(transaction, title, slug) for title, slug in SPECIALTIES]
        specialist = await insert(transaction, "specialists", **_stored(JANE), user_id=user["id"])
        for specialty in specialties[1::-1]:
            link = {"specialist_id": specialist["id"], "specialty_id": specialty["id"]}
            await insert(transaction, "specialist_specialties", **link)
        for name in ("dr-a", "dr-b", "dr-c", "dr-d"):
            older = instant("2025-01-01T08:00:00Z")
            await insert(transaction, "specialists", name=name, slug=name, created_at=older)
    first = {"id": specialist["id"], "organization_id": specialist["organization_id"], "user_id": user["id"]}
    return Documented(dict.fromkeys(SPECIALIST.fields) | first | JANE, user, specialties)


def text_of(value: object) -> str:
    """JSON as text: two objects with other orders of keys are other texts."""
    return json.dumps(value, ensure_ascii=False)


async def _specialty(transaction: Transaction, title: str, slug: str) -> Json:
    specialty = await insert(transaction, "specialties", title=title, slug=slug)
    return {"id": specialty["id"], "title": title, "slug": slug}


def _stored(record: Json) -> Json:
    return record | {name: instant(record[name]) for name in ("created_at", "updated_at")}
