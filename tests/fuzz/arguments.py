"""Random arguments of the schema's fields: literals, nulls, variables; now and then ones that are refused."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

from tests.fuzz.variables import Variables
from tests.roster import FIRST_ID

COLUMNS = {
    "Specialist": ("ID", "NAME", "TITLE", "SLUG", "CREATED_AT", "UPDATED_AT"),
    "Specialty": ("ID", "TITLE", "SLUG", "CREATED_AT", "UPDATED_AT"),
    "User": ("ID", "EMAIL", "USERNAME"),
}
WINDOWS = ("page", "pageSize", "first", "last")
SEARCHES = (
    "",
    " ",
    "dr",
    "DR ADA",
    "moreau card",
    "o'brien",
    "ángela",
    "jose",
    "zolw",
    "外科",
    "number 3",
    "x\\",
    "%",
    "😀",
)
TITLES = ("", "cardio", "ÄRZTLICHE", "ärztliche", "Nobody's", "%", "_", "\\", "medicine ", "none")
IDS = (*(str(FIRST_ID + number) for number in range(-1, 9)), "abc", "0", "-1", "9" * 30, "")
FILTERS: dict[str, dict[str, tuple[str, tuple[Any, ...]]]] = {
    "SpecialistFilter": {
        "search": ("String", SEARCHES),
        "specialtyId": ("ID", IDS),
        "userId": ("ID", IDS),
        "schedulingActive": ("Boolean", (True, False)),
    },
    "SpecialtyFilter": {"search": ("String", TITLES)},
    "UserFilter": {
        "search": ("String", ("A", "example", "ÖDÖN", "zzz", " ")),
        "role": ("String", ("admin", "specialist", "x")),
    },
}
RECORDS = {"specialist": "id", "specialty": "id", "specialistBySlug": "slug", "specialtyBySlug": "slug"}
LISTS = {"specialists": "Specialist", "specialties": "Specialty", "users": "User"}


class Arguments:
    def __init__(self, random: Random, variables: Variables) -> None:
        self._random, self._variables = random, variables

    def of(self, type_name: str, name: str, rows: int) -> tuple[str, int]:
        """The text of the arguments, perhaps none, and how many rows there can be for each one above."""
        if type_name == "Query" and name in RECORDS:
            return f"({RECORDS[name]}: {self._key(name)})", 1
        if type_name == "Query" and name in LISTS:
            return self._list(LISTS[name])
        if (type_name, name) == ("Specialty", "specialists"):
            return self._below(rows)
        return "", {"specialties": 3, "weeklyHours": 2, "overrides": 2}.get(name, 1)

    def _key(self, name: str) -> str:
        values = IDS[1:8] if RECORDS[name] == "id" else tuple(f"{name[:-6]}-{number}" for number in range(7))
        strange = IDS if RECORDS[name] == "id" else ("none", "", "SPECIALIST-1", "specialty-1 ", "é")
        value = self._random.choice(values if self._random.random() < 0.8 else strange)
        type_ = "ID" if RECORDS[name] == "id" else "String"
        if self._random.random() < 0.4:
            return self._variables.required(type_, value)
        return json.dumps(value, ensure_ascii=False)

    def _list(self, entity: str) -> tuple[str, int]:
        arguments, most = self._window(30)
        if self._random.random() < 0.6:
            arguments.append(f"sort: {self._sort(entity)}")
        if entity == "Specialist" and self._random.random() < 0.3:
            arguments.append(f"deleted: {self._maybe('Boolean', self._random.choice([True, False]))}")
        if self._random.random() < 0.4:
            arguments.append(f"filter: {self._filter(f'{entity}Filter')}")
        self._random.shuffle(arguments)
        return (f"({', '.join(arguments)})" if arguments else ""), most

    def _below(self, rows: int) -> tuple[str, int]:
        arguments, most = self._window(4 if rows < 30 else 2, refused=False)
        if self._random.random() < 0.4:
            arguments.append(f"sort: {self._sort('Specialist')}")
        return f"({', '.join(arguments)})", most

    def _window(self, most: int, *, refused: bool = True) -> tuple[list[str], int]:
        """How the list is cut; if ``refused`` may be, seldom in a way that is."""
        size = self._random.choice([1, 2, 3, most])
        number = self._random.choice([1, 1, 2, 3, 50])
        if refused and self._random.random() < 0.06:
            wrong = self._random.sample(WINDOWS, self._random.randint(1, 2))
            return [f"{name}: {self._random.choice([0, -1, 1, 200, 2**31 - 1])}" for name in wrong], 34
        way = self._random.choice(WINDOWS)
        if way in ("first", "last"):
            size = self._random.choice([0, size, size, size])
            return [f"{way}: {self._certain(size)}"], size
        arguments = [f"pageSize: {self._certain(size)}"]
        if way == "page":
            arguments.append(f"page: {self._maybe('Int', number)}")
        return arguments, size

    def _certain(self, size: int) -> str:
        return self._variables.required("Int", size) if self._random.random() < 0.3 else str(size)

    def _sort(self, entity: str) -> str:
        orders = [f"{self._random.choice(COLUMNS[entity])}_{self._random.choice(['ASC', 'DESC'])}" for _ in range(4)]
        orders = orders[: self._random.randint(0, 4)]
        way, type_ = self._random.random(), f"{entity}Sort"
        if way < 0.1:
            return "null"
        if way < 0.2 and orders:
            return orders[0]
        if way < 0.35:
            return self._variables.optional(f"[{type_}!]", orders, f"[{' '.join(orders)}]")
        return f"[{', '.join(self._order(type_, order) for order in orders)}]"

    def _order(self, type_: str, order: str) -> str:
        return self._variables.required(type_, order) if self._random.random() < 0.2 else order

    def _filter(self, type_: str) -> str:
        fields = {name: kind for name, kind in FILTERS[type_].items() if self._random.random() < 0.5}
        way = self._random.random()
        if way < 0.1:
            return "null"
        if way < 0.4:
            value = {name: self._random.choice([*values, None]) for name, (_, values) in fields.items()}
            literal = ", ".join(
                f"{name}: {json.dumps(field_value, ensure_ascii=False)}" for name, field_value in value.items()
            )
            return self._variables.optional(type_, value, f"{{{literal}}}")
        entries = [
            f"{name}: {self._maybe(kind, self._random.choice(values))}" for name, (kind, values) in fields.items()
        ]
        return f"{{{', '.join(entries)}}}"

    def _maybe(self, type_: str, value: Any) -> str:
        """``value``, null, or a variable that may be anything."""
        literal = json.dumps(value, ensure_ascii=False)
        ways: list[Callable[[], str]] = [lambda: literal, lambda: "null"]
        ways.append(lambda: self._variables.optional(type_, value, literal))
        return self._random.choices(ways, (5, 1, 3))[0]()
