"""Create, list and read a specialist through both APIs."""

from tests.api import Api
from tests.clinic import Clinic


async def test_what_an_admin_creates_a_patient_can_read(api: Api, north: Clinic) -> None:
    specialty = await north.add_specialty()

    response = await api.create_specialist(
        north.admin, {"name": "Dr. Jane Smith", "slug": "dr-jane-smith", "specialty_ids": [specialty]}, "specialties"
    )

    listing = await api.list_specialists(north.patient, include="specialties")
    assert listing.data == [response.data]
    assert listing.meta == {"page": 1, "page_size": 25, "total": 1, "total_pages": 1}


async def test_another_clinics_specialist_does_not_exist(api: Api, north: Clinic, south: Clinic) -> None:
    specialist = await north.add_specialist()

    answer = await api.get_specialist(south.admin, specialist)

    assert answer.code == "specialist_not_found"


async def test_specialty_shows_its_specialists(api: Api, north: Clinic) -> None:
    specialty = await north.add_specialty()
    specialist = await north.add_specialist(specialty_ids=[specialty])

    answer = await api.get_specialty(north.patient, specialty, page=1)

    assert [specialist["id"] for specialist in answer.data["specialists"]] == [specialist]
    assert answer.meta["total"] == 1
