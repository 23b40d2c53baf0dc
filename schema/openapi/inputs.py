"""The component schemas of what is sent: the body of each create and update."""

import json
from collections.abc import Mapping

from resolvers.inputs import Field
from resolvers.specialist_fields import SPECIALIST_FIELDS
from resolvers.specialties import SPECIALTY_FIELDS
from schema.openapi.kinds import Json, description, descriptions, not_null, properties
from schema.openapi.limits import SPECIALIST_LIMITS, SPECIALTY_LIMITS, limited
from schema.types.inputs import (
    CreateSpecialistInput,
    CreateSpecialtyInput,
    UpdateSpecialistInput,
    UpdateSpecialtyInput,
)
from schema.types.specialist import Specialist, Specialty

Fields = Mapping[str, Field]


def inputs() -> dict[str, Json]:
    specialist = (SPECIALIST_FIELDS, SPECIALIST_LIMITS, descriptions(Specialist))
    specialty = (SPECIALTY_FIELDS, SPECIALTY_LIMITS, descriptions(Specialty))
    return {
        "CreateSpecialistInput": _create(CreateSpecialistInput, *specialist),
        "UpdateSpecialistInput": _update(UpdateSpecialistInput, *specialist),
        "CreateSpecialtyInput": _create(CreateSpecialtyInput, *specialty),
        "UpdateSpecialtyInput": _update(UpdateSpecialtyInput, *specialty),
    }


def _create(kind: object, fields: Fields, limits: Mapping[str, Json], told: Mapping[str, str]) -> Json:
    found = _properties(kind, fields, limits, told)
    for name, field in fields.items():
        if field.default is not None:  # in words: generators take a property with a default for a required one
            found[name]["description"] += f" Default `{json.dumps(field.default)}`."
    required = [name for name, field in fields.items() if field.required]
    return {"type": "object", "description": description(kind), "required": required, "properties": found}


def _update(kind: object, fields: Fields, limits: Mapping[str, Json], told: Mapping[str, str]) -> Json:
    found = _properties(kind, fields, limits, told)
    kept = {name: not_null(schema) if fields[name].null else schema for name, schema in found.items()}
    return {"type": "object", "description": description(kind), "properties": kept}


def _properties(kind: object, fields: Fields, limits: Mapping[str, Json], told: Mapping[str, str]) -> dict[str, Json]:
    """The input's fields, described as the record's are: what they mean is the same."""
    found = properties(kind, fields)
    meant = {name: {**schema, "description": told.get(name, schema["description"])} for name, schema in found.items()}
    return {
        name: not_null(schema) if fields[name].required else schema for name, schema in limited(meant, limits).items()
    }
