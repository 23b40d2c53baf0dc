"""The component schemas of what is answered: records, their relations, the page, the error."""

from collections.abc import Mapping

from resolvers.inputs import fields_of
from resolvers.specialists import SpecialistFields
from resolvers.specialties import SpecialtyFields
from resolvers.windows import MAX_SIZE
from schema.openapi.codes import codes
from schema.openapi.kinds import Json, description, descriptions, nullable, properties, ref
from schema.rest.selections import INCLUDES, SPECIALIST, SPECIALTY
from schema.types.connection import PageInfo
from schema.types.scheduling import Override, WeeklyHours
from schema.types.specialist import Specialist, Specialty
from schema.types.user import User

NUMBER: Json = {"type": "integer", "format": "int32", "minimum": 0}
TEXT: Json = {"type": "string"}


def record(told: str, fields: Mapping[str, Json], optional: Mapping[str, Json] | None = None) -> Json:
    """An object whose ``fields`` are always there."""
    every = {**fields, **(optional or {})}
    return {"type": "object", "description": told, "required": list(fields), "properties": every}


def records() -> dict[str, Json]:
    included = _included()
    specialist = properties(Specialist, SPECIALIST, fields_of(SpecialistFields))
    specialty = properties(Specialty, SPECIALTY, fields_of(SpecialtyFields))
    held_by = {
        "type": "array",
        "items": ref("schemas", "Specialist"),
        "description": descriptions(Specialty)["specialists"],
    }
    return {
        "Specialist": record(description(Specialist), specialist, included),
        "Specialty": record(description(Specialty), specialty),
        "SpecialtyWithSpecialists": record(
            "A specialty with a page of those who hold it.", {**specialty, "specialists": held_by}
        ),
        "HeldSpecialty": record(
            "A specialty as its holders show it.", {name: specialty[name] for name in INCLUDES["specialties"]}
        ),
        "User": record(description(User), properties(User, INCLUDES["user"])),
        "WeeklyHours": record(description(WeeklyHours), _weekly_hours()),
        "Override": record(description(Override), properties(Override, INCLUDES["overrides"])),
        "DeletedSpecialist": record("What is left to say of a soft-deleted specialist.", _deleted()),
        "DeletedSpecialty": record("What is left to say of a removed specialty.", _removed()),
        "Meta": record(description(PageInfo), _meta()),
        **_errors(),
    }


def _weekly_hours() -> dict[str, Json]:
    fields = properties(WeeklyHours, INCLUDES["weekly_hours"])
    day, description = fields["day_of_week"], fields["day_of_week"].pop("description")
    return fields | {"day_of_week": {**day, "minimum": 1, "maximum": 7, "description": description}}


def _included() -> dict[str, Json]:
    """What ``include`` adds to a specialist."""
    schemas: dict[str, Json] = {
        "specialties": {"type": "array", "items": ref("schemas", "HeldSpecialty")},
        "user": nullable(ref("schemas", "User")),
        "weekly_hours": {"type": "array", "items": ref("schemas", "WeeklyHours")},
        "overrides": {"type": "array", "items": ref("schemas", "Override")},
    }
    told = descriptions(Specialist)
    return {name: {**schemas[name], "description": f"{told[name]} Only with `include={name}`."} for name in INCLUDES}


def _deleted() -> dict[str, Json]:
    kept = properties(Specialist, ("id", "deleted_at"))
    kept["deleted_at"] = {**kept["deleted_at"], "type": "string"}
    return {"id": kept["id"], "message": _message(), "deleted_at": kept["deleted_at"]}


def _removed() -> dict[str, Json]:
    return {**properties(Specialty, ("id",)), "message": _message()}


def _message() -> Json:
    return {**TEXT, "description": "What has happened, for people."}


def _meta() -> dict[str, Json]:
    told = descriptions(PageInfo)
    return {
        "page": {**NUMBER, "minimum": 1, "description": "The number of the page, from 1."},
        "page_size": {**NUMBER, "minimum": 1, "maximum": MAX_SIZE, "description": told["page_size"]},
        "total": {**NUMBER, "description": "How many records the whole list has."},
        "total_pages": {**NUMBER, "description": told["total_pages"]},
    }


def _errors() -> dict[str, Json]:
    """The body of a failure, from the outside in."""
    code, field_error = ref("schemas", "ErrorCode"), ref("schemas", "FieldError")
    message = {**TEXT, "description": "What went wrong, for people; the wording may change."}
    field = {**TEXT, "description": "The field or parameter at fault; absent where no single one is."}
    request_id = {**TEXT, "description": "Names the request in the server's log."}
    errors = {"type": "array", "items": field_error, "description": "All of them, where several fields are invalid."}
    return {
        "ErrorResponse": record(
            "The body of every answer that is not a success.", {"error": ref("schemas", "ErrorDetail")}
        ),
        "ErrorDetail": record(
            "The error, or the first of several.",
            {"code": code, "message": message, "request_id": request_id},
            {"field": field, "errors": errors},
        ),
        "FieldError": record("One of several invalid fields.", {"code": code, "field": field, "message": message}),
        "ErrorCode": {
            **TEXT,
            "enum": codes(),
            "description": "What went wrong, for programs; a code keeps its meaning.",
        },
    }
