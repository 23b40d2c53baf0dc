"""A cursor that was given out stays good: each list begins its cursors with the fingerprint that it always had."""

import base64
import json
import re

import pytest

from tests.clinic import Clinic
from tests.graphql.asking import ask
from tests.roster import FIRST_ID

CURSOR = "{ pageInfo { startCursor } }"
SPECIALTY = f'specialty(id: "{FIRST_ID + 1}")'
FINGERPRINTS = dict.fromkeys([
"specialists @",
"specialists(sort: [ID_ASC]) @",
"specialists(sort: [TITLE_DESC]) @",
"specialists(sort: [CREATED_AT_ASC, NAME_DESC]) @",
"specialists(sort: [UPDATED_AT_DESC, SLUG_ASC, ID_DESC]) @",
"specialists(deleted: true) @",
'specialists(filter: {search: "Dr. Ada"}) @',
'specialists(filter: {search: "von öd"}, sort: [NAME_ASC]) @',
'specialists(filter: {search: "a d m"}) @',
"specialists(filter: {schedulingActive: true}) @",
"specialists(filter: {schedulingActive: false}, sort: [NAME_ASC]) @",
f'specialists(filter: {{userId: "{FIRST_ID + 1}"}}) @',
f'specialists(filter: {{specialtyId: "{FIRST_ID + 1}"}}, deleted: true) @',
f'specialists(filter: {{specialtyId: "{FIRST_ID + 1}", search: "dr", schedulingActive: true}}) @',
"specialties @",
"specialties(sort: [ID_DESC]) @",
'specialties(filter: {search: "cardio"}) @',
'specialties(filter: {search: "\'s"}, sort: [SLUG_ASC]) @',
"users @",
"users(sort: [EMAIL_ASC, USERNAME_DESC]) @",
'users(filter: {search: "ada"}) @',
'users(filter: {role: "admin"}) @',
'users(filter: {search: "ö", role: "admin"}, sort: [USERNAME_DESC]) @',
f"{SPECIALTY} {{ specialists @ }}",
f"{SPECIALTY} {{ specialists(sort: [TITLE_ASC, ID_DESC]) @ }}"])


@pytest.mark.parametrize("page", FINGERPRINTS)
async def test_a_list_has_the_fingerprint_that_it_always_had(page: str, west: Clinic) -> None:
    assert await fingerprint_of(page, west) == FINGERPRINTS[page]


async def fingerprint_of(page: str, clinic: Clinic) -> str:
    """What the cursor of the first row of ``page`` begins with."""
    answer = await ask(clinic.admin, f"{{ {page.replace('@', CURSOR)} }}")
    cursor = re.findall('"startCursor":"([^"]+)"', answer.text)[0]
    fingerprint: str = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))[0]
    return fingerprint

async def test_print(west):
    for p in FINGERPRINTS:
        print("FP", await fingerprint_of(p, west))
