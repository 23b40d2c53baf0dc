"""Fill a clinic with the same ids, instants and texts on every run, edge cases included."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from db.search_words import words_of
from tests.clinic import Clinic
from tests.rows import insert, transaction_of

Row = dict[str, Any]
FIRST_ID = 1_000_000_001  # far from what the sequences give
DAWN = datetime(2025, 1, 10, 8, tzinfo=UTC)
PLACES = ("America/New_York", None, "Europe/Bucharest")

# name, title, minutes after dawn of created_at; some tie, some differ by less than a second
PEOPLE: tuple[tuple[str, str | None, float], ...] = (
    ("Dr. Ada Moreau", "Cardiologist", 0),
    ("Dr. Ángela Núñez", "Pediatrician", 0),
    ("dr. ada moreau", None, 0.000_01),
    ("Ödön von Horváth", "", 0.000_02),
    ('O\'Brien "Bob" \\ Jr.', "Cardiologist", 3),
    ("José", "cardiologist", 3),
    ("Jose\u0301", None, 5),
    ("Łukasz Żółw", "Senior Cardiologist", 4),
    ("😀 Smile", "Üroloğ", 9),
    ("李小龍", "外科醫生", 8),
    ("Dr. Ada Moreau", "Cardiologist", 7),
    ("Zoë {json: [1]}", None, 7),
    ("Bell\u0007 and line\u2028break", "Tab\there", 6),
    ("a", "A" * 200, 1),
)


@dataclass(frozen=True)
class Roster:
    """Rows by table, in the order in which they are inserted."""

    users: tuple[Row, ...]
    specialties: tuple[Row, ...]
    specialists: tuple[Row, ...]
    specialist_specialties: tuple[Row, ...]
    weekly_hours: tuple[Row, ...]
    overrides: tuple[Row, ...]


def _history(minutes: float) -> Row:
    instant = DAWN + timedelta(minutes=minutes)
    return {"created_at": instant, "updated_at": instant + timedelta(days=1, minutes=-2 * minutes)}


def _users() -> Iterator[Row]:
    for number, name in enumerate(("ada", "angela", None, "ödön")):
        yield {
            "id": FIRST_ID + number,
            "clerk_id": f"user_roster_{number}" if name else None,
            "email": f"{name}@example.com" if number % 2 == 0 and name else None,
            "username": name,
            "role": "admin" if number == 3 else "specialist",
        }


def _specialties() -> Iterator[Row]:
    titles = ("Cardiology", "Internal Medicine", "cardiology", "Ärztliche Kunst", "Cardiology", "Nobody's")
    for number, title in enumerate(titles):
        yield {"id": FIRST_ID + number, "title": title, "slug": f"specialty-{number}", **_history(number // 2)}


def _specialist(number: int, name: str, title: str | None, minutes: float) -> Row:
    return {
        "id": FIRST_ID + number,
        "user_id": FIRST_ID + number if number < 4 else None,
        "name": name,
        "title": title,
        "description": None if number % 3 else f'Number {number},\nwith a "quote" and a \\ and a </script>',
        "slug": f"specialist-{number}",
        "signature_url": f"https://files.example.com/{number}.png" if number % 4 == 1 else None,
        "avatar_url": f"https://files.example.com/{number}.jpg" if number % 5 == 2 else None,
        "scheduling_timezone": PLACES[number % 3],
        "scheduling_active": number % 4 != 3,
        "minicrm_name": f"Dr{number}" if number % 2 else None,
        "deleted_at": DAWN + timedelta(days=30, seconds=number) if number % 7 == 5 else None,
        **_history(minutes),
    }


def _specialists() -> Iterator[Row]:
    for number, (name, title, minutes) in enumerate(PEOPLE):
        yield _specialist(number, name, title, minutes)
    for number in range(len(PEOPLE), 34):
        yield _specialist(number, f"Dr. Number {number % 9}", f"Title {number % 4}" if number % 3 else None, number % 6)


def _held(specialists: tuple[Row, ...]) -> Iterator[Row]:
    """From none to four specialties each; nobody holds the last one."""
    for number, specialist in enumerate(specialists):
        for specialty in range(5):
            if (number * 7 + specialty * 3) % 5 < number % 5:
                yield {"specialist_id": specialist["id"], "specialty_id": FIRST_ID + specialty}


def _weekly_hours() -> Iterator[Row]:
    spans = ((5, 22, 2), (1, 13, 17), (1, 8, 12), (7, 0, 0))
    for number, (day, start, end) in enumerate(spans * 3):
        yield {
            "id": FIRST_ID + number,
            "specialist_id": FIRST_ID + number // 4 * 2,
            "day_of_week": day,
            "start_time": time(start, 30 * (number % 2)),
            "end_time": time(end),
        }


def _overrides() -> Iterator[Row]:
    for number in range(6):
        whole_day = number % 3 == 0
        yield {
            "id": FIRST_ID + number,
            "specialist_id": FIRST_ID + number // 4,
            "date": date(2025, 6, 10 - number % 2),
            "end_date": date(2025, 7, 1) if number % 2 else None,
            "is_available": not whole_day,
            "start_time": None if whole_day else time(9, 5),
            "end_time": None if whole_day else time(0),
            "appointment_type_id": 77 if number == 2 else None,
            "reason": "Müde 😴" if whole_day else None,
        }


def _made() -> Roster:
    people = tuple(_specialists())
    return Roster(
        tuple(_users()),
        tuple(_specialties()),
        people,
        tuple(_held(people)),
        tuple(_weekly_hours()),
        tuple(_overrides()),
    )


ROSTER = _made()
EMPTY = Roster((), (), (), (), (), ())


def small(size: int) -> Roster:
    """The roster with its first ``size`` specialists only."""
    specialists = ROSTER.specialists[:size]
    ids = {specialist["id"] for specialist in specialists}
    return replace(
        ROSTER,
        specialists=specialists,
        specialist_specialties=tuple(link for link in ROSTER.specialist_specialties if link["specialist_id"] in ids),
        weekly_hours=tuple(weekly_hour for weekly_hour in ROSTER.weekly_hours if weekly_hour["specialist_id"] in ids),
        overrides=tuple(override for override in ROSTER.overrides if override["specialist_id"] in ids),
    )


async def arrange(clinic: Clinic, roster: Roster = ROSTER) -> Clinic:
    """Put ``roster`` into ``clinic``, and return it."""
    async with transaction_of(clinic) as transaction:
        for table, rows in (vars(roster) | {"specialist_words": _words(roster)}).items():
            for row in rows:
                await insert(transaction, table, **row)
    return clinic


def _words(roster: Roster) -> list[Row]:
    """What the server would find the specialists by."""
    return [
        {"word": word, "specialist_id": specialist["id"]}
        for specialist in roster.specialists
        for word in words_of(specialist["name"], specialist["title"])
    ]
