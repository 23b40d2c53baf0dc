"""The component schemas of whole answers: a record or a page of records under ``data``."""

from schema.openapi.kinds import Json, ref


def bodies() -> dict[str, Json]:
    return {
        "SpecialistResponse": _body("One specialist.", _data("Specialist")),
        "SpecialistListResponse": _body("A page of specialists.", _list("Specialist"), META),
        "DeletedSpecialistResponse": _body("The specialist that was soft-deleted.", _data("DeletedSpecialist")),
        "SpecialtyResponse": _body("One specialty.", _data("Specialty")),
        "SpecialtyListResponse": _body("A page of specialties.", _list("Specialty"), META),
        "SpecialtyDetailResponse": _body(
            "One specialty; `meta` is about the page of its specialists.", _data("SpecialtyWithSpecialists"), META
        ),
        "DeletedSpecialtyResponse": _body("The specialty that was removed.", _data("DeletedSpecialty")),
    }


META: Json = {"meta": ref("schemas", "Meta")}


def _data(schema: str) -> Json:
    return {"data": ref("schemas", schema)}


def _list(schema: str) -> Json:
    items = {"type": "array", "items": ref("schemas", schema), "description": "The records of this page."}
    return {"data": items}


def _body(description: str, *parts: Json) -> Json:
    properties = {name: schema for part in parts for name, schema in part.items()}
    return {"type": "object", "description": description, "required": list(properties), "properties": properties}
