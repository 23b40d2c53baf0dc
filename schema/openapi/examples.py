"""One clinic's records as the examples show them."""

from schema.openapi.kinds import Json

ABOUT = "Board-certified cardiologist with 15 years of experience in cardiovascular health."
CREATED_AT, UPDATED_AT, DELETED_AT = "2025-01-10T08:00:00Z", "2025-01-15T10:30:00Z", "2025-01-15T12:00:00Z"

NEW_SPECIALIST: Json = {
    "name": "Dr. Jane Smith",
    "title": "Cardiologist",
    "description": ABOUT,
    "slug": "dr-jane-smith",
    "user_id": 44,
    "specialty_ids": [1, 3],
    "scheduling_timezone": "America/New_York",
    "scheduling_active": True,
    "minicrm_name": "DrSmith",
}
SPECIALIST: Json = {
    "id": 2,
    "organization_id": 1,
    "user_id": 44,
    "name": "Dr. Jane Smith",
    "title": "Cardiologist",
    "description": ABOUT,
    "slug": "dr-jane-smith",
    "signature_url": "https://images.example.com/signatures/smith.png",
    "avatar_url": "https://images.example.com/avatars/smith.jpg",
    "scheduling_timezone": "America/New_York",
    "scheduling_active": True,
    "minicrm_name": "DrSmith",
    "deleted_at": None,
    "created_at": CREATED_AT,
    "updated_at": UPDATED_AT,
}
CREATED_SPECIALIST: Json = {**SPECIALIST, "signature_url": None, "avatar_url": None, "created_at": UPDATED_AT}
SPECIALIST_CHANGES: Json = {
    "name": "Dr. Jane Marie Smith",
    "title": "Senior Cardiologist",
    "description": "Updated biography.",
    "specialty_ids": [1, 3, 5],
    "scheduling_timezone": "Europe/Bucharest",
    "scheduling_active": False,
}
UPDATED_SPECIALIST: Json = {
    **SPECIALIST,
    **{name: value for name, value in SPECIALIST_CHANGES.items() if name in SPECIALIST},
    "updated_at": "2025-01-15T11:45:00Z",
}
HELD: list[Json] = [
    {"id": 1, "title": "Cardiology", "slug": "cardiology"},
    {"id": 3, "title": "Internal Medicine", "slug": "internal-medicine"},
]
RELATED: Json = {
    "specialties": HELD,
    "user": {"id": 44, "email": "jane.smith@example.com", "username": "jane.smith", "role": "specialist"},
    "weekly_hours": [{"id": 7, "day_of_week": 1, "start_time": "09:00", "end_time": "17:00"}],
    "overrides": [
        {
            "id": 12,
            "date": "2025-02-03",
            "end_date": "2025-02-07",
            "is_available": False,
            "start_time": None,
            "end_time": None,
            "appointment_type_id": None,
            "reason": "Conference",
        }
    ],
}
DELETED_SPECIALIST: Json = {"id": 2, "message": "Specialist soft-deleted successfully", "deleted_at": DELETED_AT}
RESTORED_SPECIALIST: Json = {**SPECIALIST, "updated_at": "2025-01-15T12:30:00Z"}
META: Json = {"page": 1, "page_size": 25, "total": 5, "total_pages": 1}

NEW_SPECIALTY: Json = {"title": "Cardiology", "slug": "cardiology"}
SPECIALTY: Json = {
    "id": 1,
    "organization_id": 1,
    "title": "Cardiology",
    "slug": "cardiology",
    "created_at": CREATED_AT,
    "updated_at": CREATED_AT,
}
SPECIALTY_CHANGES: Json = {"title": "Cardiology and Angiology"}
UPDATED_SPECIALTY: Json = {**SPECIALTY, **SPECIALTY_CHANGES, "updated_at": UPDATED_AT}
DELETED_SPECIALTY: Json = {"id": 3, "message": "Specialty deleted successfully"}
