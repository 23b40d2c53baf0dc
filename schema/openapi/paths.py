"""Every address of ``/v1`` with its operations, in the order in which the document shows them."""

from schema.openapi.kinds import Json, description
from schema.openapi.specialists import specialists
from schema.openapi.specialties import specialties
from schema.types.specialist import Specialist, Specialty

TAGS = {"Specialists": (specialists, Specialist), "Specialties": (specialties, Specialty)}


def tags() -> list[Json]:
    return [{"name": tag, "description": description(kind)} for tag, (_, kind) in TAGS.items()]


def paths() -> dict[str, Json]:
    return {
        path: {method: operation.rendered(tag) for method, operation in methods.items()}
        for tag, (operations, _) in TAGS.items()
        for path, methods in operations().items()
    }
