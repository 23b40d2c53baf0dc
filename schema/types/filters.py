"""The filters of lists in GraphQL: ``resolvers/filters.py`` has what each field does, in the same order."""

import strawberry


@strawberry.input(description="Narrows a list of specialists; what is absent does not narrow.")
class SpecialistFilter:
    search: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Words; each must begin a word of name or title. Case and accents do not matter.",
    )
    specialty_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Only those that hold this specialty."
    )
    user_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Only those that are this user."
    )
    scheduling_active: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Only those that can, or cannot, be booked."
    )


@strawberry.input(description="Narrows a list of specialties; what is absent does not narrow.")
class SpecialtyFilter:
    search: str | None = strawberry.field(
        default=strawberry.UNSET, description="Text that the title contains; case does not matter."
    )


@strawberry.input(description="Narrows a list of users; what is absent does not narrow.")
class UserFilter:
    search: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Text that the e-mail or username contains; case does not matter.",
    )
    role: str | None = strawberry.field(default=strawberry.UNSET, description="Only users with this role.")
