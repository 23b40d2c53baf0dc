"""What each field takes, stores and refuses, when a record is made and when it is changed."""

from typing import Any

import pytest

from tests.api import Api
from tests.clinic import Clinic

HTTPS = "https://files.example.com/"
NEW = {"name": "Dr. New", "slug": "dr-new"}
TEXTS = {"name": 200, "title": 200, "description": 10_000, "minicrm_name": 200}
CODES = {
    "name": "invalid_name",
    "title": "invalid_title",
    "description": "invalid_description",
    "slug": "invalid_slug",
    "user_id": "invalid_user_id",
    "specialty_ids": "invalid_specialty_ids",
    "signature_url": "invalid_signature_url",
    "avatar_url": "invalid_avatar_url",
    "scheduling_timezone": "invalid_timezone",
    "scheduling_active": "invalid_scheduling_active",
    "minicrm_name": "invalid_minicrm_name",
}

TRIMMED_VALUES = [
    *((field, f"  {'x' * most}\n\t", "x" * most) for field, most in TEXTS.items()),
    *((field, "\U0001f9b7" * most, "\U0001f9b7" * most) for field, most in TEXTS.items()),
    *((field, "\u00a0Ă b\u2003", "Ă b") for field in TEXTS),
    ("name", "x", "x"),
    ("name", "'; drop table specialists; --", "'; drop table specialists; --"),
    ("description", 'two\nlines, "quoted" \\ and \u0007', 'two\nlines, "quoted" \\ and \u0007'),
    ("title", "", ""),
    *(("slug", slug, slug.strip()) for slug in ("a", "0", "a-b", "1-2-3", "dr-jane-smith", " padded ", "x" * 200)),
    *(
        (field, url, url.strip())
        for field in ("signature_url", "avatar_url")
        for url in (
            f"{HTTPS}a.png",
            f" {HTTPS} ",
            "https://example.com",
            "https://example.com:8443/a?b=c&d=%20#e",
            HTTPS + "x" * (2_048 - len(HTTPS)),
        )
    ),
    *(
        ("scheduling_timezone", zone, zone.strip())
        for zone in (
            "UTC",
            "Europe/Bucharest",
            " America/New_York ",
            "America/Argentina/Buenos_Aires",
            "America/Port-au-Prince",
            "US/Eastern",
            "Japan",
        )
    ),
    ("scheduling_active", True, True),
    ("scheduling_active", False, False),
]
INVALID_VALUES = [
    *((field, "x" * (most + 1)) for field, most in TEXTS.items()),
    *((field, text) for field in TEXTS for text in ("\0", "a\0b", "\ud800", "a\udfffb")),
    *(
        ("slug", slug)
        for slug in (
            *("-", "-a", "a-", "a--b", "A", "a_b", "a b", "a.b", "a/b", "ä", "ß", "a\u2013b", "\u0663", "a\n-b", "%61"),
            *("x" * 201, "a\0", "\ud800"),
        )
    ),
    *(
        (field, url)
        for field in ("signature_url", "avatar_url")
        for url in (
            *(
                "",
                "  ",
                "x",
                "/a.png",
                "//example.com/a",
                "http://example.com/",
                "ftp://example.com",
                "https:",
                "https://",
            ),
            *("https:///a", "https:a", "javascript:alert(1)", "data:image/png;base64,AA", "https://exa mple.com/"),
            *("https://example.com/\n", "https://a\tb.com", "https://example.com:port/", "https://[::1", "https://?a"),
            *("https://example.com/<script>", 'https://example.com/"', "https://example.com\\@evil.example"),
            *("https://example.com/\0", "https://example.com/\ud800", HTTPS + "x" * (2_049 - len(HTTPS))),
        )
        if url.strip() == url or not url.strip()
    ),
    *(
        ("scheduling_timezone", zone)
        for zone in (
            *("", "  ", "Mars/Olympus", "Europe", "Europe/", "Europe/Nowhere", "europe/bucharest", "EUROPE/BUCHAREST"),
            *("EST", "EST5EDT", "CET", "PST8PDT", "GMT", "GMT0", "GMT+2", "UTC+2", "+02:00", "+0200", "2", "Z"),
            *("Etc/GMT+5", "Etc/GMT-14", "MST7MDT", "UCT"),
            *(
                "Local",
                "localtime",
                "posixrules",
                "Factory",
                "../../etc/passwd",
                "/usr/share/zoneinfo/UTC",
                "Europe/../UTC",
            ),
            *("posix/Europe/Bucharest", "Europe/Bucharest\0", "Europe\\Bucharest", "\ud800", "x" * 10_000),
        )
    ),
]


def named(rows: list[tuple[Any, ...]]) -> list[str]:
    return [f"{row[0]}-{index}" for index, row in enumerate(rows)]


@pytest.mark.parametrize(("field", "value", "trimmed"), TRIMMED_VALUES, ids=named(TRIMMED_VALUES))
async def test_a_value_is_stored_trimmed(api: Api, north: Clinic, field: str, value: object, trimmed: object) -> None:
    admin = north.admin

    creation = await api.create_specialist(admin, NEW | {field: value})
    update = await api.update_specialist(admin, creation.data["id"] if creation.data else 0, {field: value})

    assert [(response.code, (response.data or {}).get(field)) for response in (creation, update)] == [
        (None, trimmed)
    ] * 2


@pytest.mark.parametrize(("field", "value"), INVALID_VALUES, ids=named(INVALID_VALUES))
async def test_a_value_is_refused(api: Api, north: Clinic, field: str, value: str) -> None:
    admin, specialist = north.admin, await north.add_specialist(title="Unchanged")

    creation = await api.create_specialist(admin, NEW | {field: value})
    update = await api.update_specialist(admin, specialist, {"title": "Changed", field: value})

    assert [(response.status, response.code, response.field) for response in (creation, update)] == [
        (400, CODES[field], field)
    ] * 2
    assert [record["title"] for record in (await api.list_specialists(admin)).data] == ["Unchanged"]


@pytest.mark.parametrize("blank", [None, "", " \n\t\u00a0"], ids=["null", "empty", "blank"])
@pytest.mark.parametrize("field", ["name", "slug"])
async def test_name_and_slug_are_required(api: Api, north: Clinic, field: str, blank: str | None) -> None:
    """What a create lacks GraphQL refuses by its types, blank text and an update it does not."""
    specialist = await north.add_specialist()
    required = (400, f"{field}_required", field)
    lacking = (400, "bad_user_input", None) if api.name == "graphql" else required

    answers = [
        await api.create_specialist(north.admin, {key: value for key, value in NEW.items() if key != field}),
        await api.create_specialist(north.admin, NEW | {field: blank}),
        await api.update_specialist(north.admin, specialist, {field: blank}),
    ]

    expected = [lacking, lacking if blank is None else required, required]
    assert [(answer.status, answer.code, answer.field) for answer in answers] == expected
