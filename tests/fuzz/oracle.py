"""A second implementation of the schema: the library's executor over plain objects, every rule written naively."""

from collections.abc import Callable, Iterable
from typing import Any

from graphql import ExecutionResult, build_schema, graphql_sync

from schema.definition import SCHEMA
from tests.fuzz.clinic_rows import ClinicRows, shown
from tests.fuzz.windows import Row, part_of, refuse
from tests.list_rules import contains, found_by_words, ordered

PLAIN = build_schema(SCHEMA.as_str())
Make = Callable[[Row], Row]


class Oracle:
    """What the server must answer to an admin or another member of the clinic that ``clinic`` holds."""

    def __init__(self, clinic: ClinicRows) -> None:
        self.clinic = clinic
        self._rows = {
            table: {row["id"]: row for row in clinic.table(table)} for table in ("specialists", "specialties")
        }
        self._held: dict[int, list[Row]] = self._tied("specialist_id", "specialty_id", "specialties", "title")
        self._holders: dict[int, list[Row]] = self._tied("specialty_id", "specialist_id", "specialists", "name")

    def _tied(self, here: str, there: str, table: str, sort: str) -> dict[int, list[Row]]:
        """The rows of ``table`` by the id of what they are tied to, sorted."""
        groups: dict[int, list[Row]] = {}
        for link in self.clinic.table("specialist_specialties"):
            groups.setdefault(link[here], []).append(self._rows[table][link[there]])
        return {id_: ordered(rows, sort) for id_, rows in groups.items()}

    def execute(
        self, query: str, variables: dict[str, Any], operation_name: str | None, role: str, clerk_id: str
    ) -> ExecutionResult:
        return graphql_sync(
            PLAIN, query, self._root(role, clerk_id), variable_values=variables, operation_name=operation_name
        )

    def _root(self, role: str, clerk_id: str) -> Row:
        return {
            "viewer": lambda _info: self._viewer(role, clerk_id),
            "specialists": self._specialists,
            "specialist": lambda _info, **key: self._one("specialists", key),
            "specialistBySlug": lambda _info, **key: self._one("specialists", key),
            "specialties": self._specialties,
            "specialty": lambda _info, **key: self._one("specialties", key),
            "specialtyBySlug": lambda _info, **key: self._one("specialties", key),
            "users": lambda _info, **arguments: self._users(role, arguments),
        }

    def _viewer(self, role: str, clerk_id: str) -> Row:
        own = [shown(user) for user in self.clinic.table("users") if user["clerk_id"] == clerk_id]
        return {
            "id": clerk_id,
            "role": role,
            "organization": shown(self.clinic.organization),
            "user": own[0] if own else None,
        }

    def _one(self, table: str, key: Row) -> Row:
        """The record that ``key`` finds: one column and its value, as text."""
        make = self._specialist if table == "specialists" else self._specialty
        for row in self.clinic.table(table):
            if all(str(row[column]) == value for column, value in key.items()):
                return make(row)
        return refuse("specialist_not_found" if table == "specialists" else "specialty_not_found")

    def _specialists(self, _info: object, **arguments: Any) -> Row:
        filter_ = arguments.get("filter") or {}
        rows = [
            row for row in self.clinic.table("specialists") if bool(arguments["deleted"]) is bool(row["deleted_at"])
        ]
        rows = [row for row in rows if _fits(row, filter_) and self._holds(row, filter_.get("specialtyId"))]
        return _connection(
            ordered(rows, *(_keys(arguments.get("sort")) or ["-created_at"])), arguments, self._specialist
        )

    def _specialties(self, _info: object, **arguments: Any) -> Row:
        search = _text((arguments.get("filter") or {}).get("search"))
        rows = filter(contains(search, "title"), self.clinic.table("specialties"))
        return _connection(ordered(rows, *(_keys(arguments.get("sort")) or ["title"])), arguments, self._specialty)

    def _users(self, role: str, arguments: Row) -> Row:
        if role != "admin":
            refuse("forbidden")
        filter_ = arguments.get("filter") or {}
        rows: Iterable[Row] = self.clinic.table("users")
        if _text(filter_.get("search")):
            rows = filter(contains(_text(filter_["search"]), "email", "username"), rows)
        if filter_.get("role") is not None:
            rows = [row for row in rows if row["role"] == _text(filter_["role"])]
        return _connection(ordered(rows, *(_keys(arguments.get("sort")) or ["id"])), arguments, shown)

    def _specialist(self, row: Row) -> Row:
        return shown(row) | {
            "specialties": lambda _info: [self._specialty(id_) for id_ in self._held.get(row["id"], ())],
            "user": lambda _info: self._user(row["user_id"]),
            "weeklyHours": lambda _info: self._scheduled("weekly_hours", row, "day_of_week", "start_time"),
            "overrides": lambda _info: self._overrides(row),
        }

    def _specialty(self, row: Row) -> Row:
        return shown(row) | {"specialists": lambda _info, **given: self._page_of_holders(row, given)}

    def _page_of_holders(self, specialty: Row, arguments: Row) -> Row:
        active = [row for row in self._holders.get(specialty["id"], ()) if not row["deleted_at"]]
        return _connection(ordered(active, *(_keys(arguments.get("sort")) or ["name"])), arguments, self._specialist)

    def _holds(self, specialist: Row, specialty_id: str | None) -> bool:
        if specialty_id is None:
            return True
        return any(str(row["id"]) == specialty_id for row in self._held.get(specialist["id"], ()))

    def _user(self, id_: int | None) -> Row | None:
        return next((shown(row) for row in self.clinic.table("users") if row["id"] == id_), None)

    def _scheduled(self, table: str, specialist: Row, *keys: str) -> list[Row]:
        rows = [row for row in self.clinic.table(table) if row["specialist_id"] == specialist["id"]]
        return [shown(row) for row in ordered(rows, *keys)]

    def _overrides(self, specialist: Row) -> list[Row]:
        """By date; one for the whole day comes before those for a part of it."""
        overrides = self._scheduled("overrides", specialist, "date", "start_time")
        return sorted(overrides, key=lambda row: (row["date"], row["startTime"] is not None))


def _connection(rows: list[Row], arguments: Row, make: Make) -> Row:
    part = part_of(rows, arguments)
    nodes = [make(row) for row in part.rows]
    return {
        "nodes": nodes,
        "edges": [{"node": node} for node in nodes],
        "pageInfo": part.info,
        "totalCount": part.total,
    }


def _fits(row: Row, filter_: Row) -> bool:
    wanted_user, active = filter_.get("userId"), filter_.get("schedulingActive")
    return (
        found_by_words(row, _text(filter_.get("search")))
        and (wanted_user is None or str(row["user_id"]) == wanted_user)
        and (active is None or row["scheduling_active"] is active)
    )


def _text(value: str | None) -> str:
    """A search as it counts: trimmed; too long is refused."""
    text = (value or "").strip()
    return refuse("invalid_search") if len(text) > 200 or "\0" in text else text


def _keys(sort: list[str] | None) -> list[str]:
    """``NAME_DESC`` as ``-name``."""
    split = [name.rpartition("_") for name in sort or ()]
    return [("-" if way == "DESC" else "") + column.lower() for column, _, way in split]
