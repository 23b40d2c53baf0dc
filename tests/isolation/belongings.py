"""What a clinic has that another must not reach, by the entity that names it."""

from dataclasses import dataclass
from itertools import count
from urllib.parse import quote

import httpx2

from tests.client import Member
from tests.clinic import Clinic

NUMBERS = count(1)
REQUEST_ID = "probe"


@dataclass(frozen=True)
class Belongings:
    """The ids and slugs of a specialist who holds a specialty and is a user."""

    organization_id: int
    ids: dict[str, int | str]

    @classmethod
    async def of(cls, clinic: Clinic) -> "Belongings":
        number = next(NUMBERS)
        slugs = {"specialist slug": f"held-by-{number}", "specialty slug": f"held-{number}"}
        user = await clinic.add_user()
        specialty = await clinic.add_specialty(slug=slugs["specialty slug"])
        specialist = await clinic.add_specialist(
            name=f"Zebra{number} Only", slug=slugs["specialist slug"], user_id=user, specialty_ids=[specialty]
        )
        ids = {"specialist": specialist, "specialty": specialty, "user": user}
        return cls(await clinic.organization_id(), {**ids, **slugs})


Shown = tuple[int, str, tuple[tuple[str, str], ...]]


def shown(response: httpx2.Response, id_: object) -> Shown:
    """Status, body and headers; but for the time it took, and for the id where a link repeats the question."""
    headers = {name: value for name, value in response.headers.items() if name != "server-timing"}
    if "link" in headers:
        headers["link"] = headers["link"].replace(f"={quote(str(id_))}&", "=ID&")
    return response.status_code, response.text, tuple(sorted(headers.items()))


async def send(who: Member, method: str, address: str, body: object = None) -> httpx2.Response:
    """The answer to a request whose id is always the same."""
    return await who.rest(method, address, body, x_request_id=REQUEST_ID)
