"""A cursor that was given out stays good: each list begins its cursors with the fingerprint that it always had."""

import base64
import json
import re

import pytest

from tests.client import ask
from tests.clinic import Clinic
from tests.roster import FIRST_ID

CURSOR = "{ pageInfo { startCursor } }"
SPECIALTY = f'specialty(id: "{FIRST_ID + 1}")'
FINGERPRINTS = {
    "specialists @": "1fa3c85fdc0a286477",
    "specialists(sort: [ID_ASC]) @": "25acf5b3c42cbfe75f",
    "specialists(sort: [TITLE_DESC]) @": "5c18e2fa0618263b20",
    "specialists(sort: [CREATED_AT_ASC, NAME_DESC]) @": "f99a158dd0c092f8e0",
    "specialists(sort: [UPDATED_AT_DESC, SLUG_ASC, ID_DESC]) @": "51d85e3d95c8f09615",
    "specialists(deleted: true) @": "1e6596f69ce5357cf6",
    'specialists(filter: {search: "Dr. Ada"}) @': "66231afa3ad798426f",
    'specialists(filter: {search: "von öd"}, sort: [NAME_ASC]) @': "15c476ccbf06b9dc9f",
    'specialists(filter: {search: "a d m"}) @': "d7dcb8cff90d118fa7",
    "specialists(filter: {schedulingActive: true}) @": "dabef12033015997ac",
    "specialists(filter: {schedulingActive: false}, sort: [NAME_ASC]) @": "84f8d532600d73294e",
    f'specialists(filter: {{userId: "{FIRST_ID + 1}"}}) @': "73bdb5434bcfd2893c",
    f'specialists(filter: {{specialtyId: "{FIRST_ID + 1}"}}, sort: [ID_ASC]) @': "d1ac6610fd82e42330",
    f'specialists(filter: {{specialtyId: {FIRST_ID + 1}, search: "dr"}}) @': "4e6b202a326953c589",
    "specialties @": "20b664976b55ed340d",
    "specialties(sort: [ID_DESC]) @": "0bd079cd28222359c0",
    'specialties(filter: {search: "cardio"}) @': "269a01084868d6c01c",
    'specialties(filter: {search: "\'s"}, sort: [SLUG_ASC]) @': "1d33b9158113148ce9",
    "users @": "499dca8e012040eff8",
    "users(sort: [EMAIL_ASC, USERNAME_DESC]) @": "1c557abe863d8f61ae",
    'users(filter: {search: "ada"}) @': "104f9029d641a9f44b",
    'users(filter: {role: "admin"}) @': "895ebeb53f9060522a",
    'users(filter: {search: "ö", role: "admin"}, sort: [USERNAME_DESC]) @': "8fd66b3e6227926141",
    f"{SPECIALTY} {{ specialists @ }}": "ab07af4f2cb29608e9",
    f"{SPECIALTY} {{ specialists(sort: [TITLE_ASC, ID_DESC]) @ }}": "30f95818aeffc06eed",
}


@pytest.mark.parametrize("page", FINGERPRINTS)
async def test_a_list_has_the_fingerprint_that_it_always_had(page: str, west: Clinic) -> None:
    assert await fingerprint_of(page, west) == FINGERPRINTS[page]


async def fingerprint_of(page: str, clinic: Clinic) -> str:
    """What the cursor of the first row of ``page`` begins with."""
    answer = await ask(clinic.admin, f"{{ {page.replace('@', CURSOR)} }}")
    cursor = re.findall('"startCursor":"([^"]+)"', answer.text)[0]
    fingerprint: str = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))[0]
    return fingerprint
