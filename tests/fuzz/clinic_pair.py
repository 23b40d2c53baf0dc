"""Two clinics arranged alike, one asked through REST and one through GraphQL, and what must be the same of both."""

from dataclasses import dataclass, field
from typing import Any

from tests.api import Api, GraphqlApi, Reply, RestApi
from tests.client import Member
from tests.clinic import Clinic
from tests.text import INSTANT

ARRANGED = "2025-"  # the year of the roster


@dataclass
class Side:
    """A clinic and the API through which it is read; ``made`` are the ids of what tests created, in order."""

    api: Api
    clinic: Clinic
    made: list[int] = field(default_factory=list)

    def id_of(self, value: object) -> object:
        """``value``, or of a text like ``made 3`` the id that this side gave to the third record made."""
        if isinstance(value, str) and value.startswith("made "):
            return self.made[int(value.removeprefix("made ")) % len(self.made)] if self.made else 0
        return value

    def member(self, role: str) -> Member:
        return self.clinic.member(role)

    def settled(self, reply: Reply) -> Reply:
        """``reply`` without what differs between the two: the organization, new ids, today's instants."""
        status = reply.status if reply.code else 200
        return Reply(self._settled(reply.data), reply.code, status, reply.field, list(reply.codes), dict(reply.meta))

    def _settled(self, value: Any, key: str = "") -> Any:
        match value:
            case str() if key == "" and value.isdigit():  # an id alone: a specialty that was deleted
                return {"id": self._settled(int(value), "id")}
            case dict():
                fields = {name: field_value for name, field_value in value.items() if name != "message"}
                return {name: self._settled(field_value, name) for name, field_value in fields.items()}
            case list():
                return [self._settled(element) for element in value]
            case int() if key == "organization_id":
                return "<organization>"
            case int() if key == "id" and value in self.made:
                return f"made {self.made.index(value)}"
            case str() if INSTANT.fullmatch(value) and not value.startswith(ARRANGED):
                return "<now>"
        return value


@dataclass
class ClinicPair:
    rest: Side
    graphql: Side

    @classmethod
    def of(cls, one: Clinic, other: Clinic) -> "ClinicPair":
        return cls(Side(RestApi(), one), Side(GraphqlApi(), other))

    async def agree(self, role: str, call: str, *values: Any, **listing: Any) -> Reply:
        """What both sides reply to ``call``, a name of the protocol; it must be one and the same."""
        replies = []
        for side in (self.rest, self.graphql):
            ids = [side.id_of(value) for value in values]
            reply: Reply = await getattr(side.api, call)(side.member(role), *ids, **listing)
            if call.startswith("create") and reply.code is None:
                side.made.append(reply.data["id"])
            replies.append(side.settled(reply))
        rest, graphql = replies
        assert rest == graphql, f"{call} {values!r} {listing!r}\nREST    {rest}\nGraphQL {graphql}"
        return rest
