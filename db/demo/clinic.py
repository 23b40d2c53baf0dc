"""What a demo clinic is made of, and the values that the store takes for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from db.demo.ids import demo_organization_id, demo_user_id
from db.demo.scheduling import IN_TURN, Exceptional, Row, Week

FILES = "https://files.example.com"


@dataclass(frozen=True, slots=True)
class Person:
    """A specialist; ``specialties`` are slugs with blanks between them."""

    slug: str
    name: str
    title: str | None = None
    timezone: str | None = None
    specialties: str = ""


@dataclass(frozen=True, slots=True)
class Clinic:
    """``people`` stand newest first, the demo specialist before all; what else is told of them is told by slug."""

    slug: str
    specialties: Mapping[str, str]
    people: tuple[Person, ...]
    descriptions: Mapping[str, str]
    minicrm_names: Mapping[str, str] = field(default_factory=dict)
    weeks: Mapping[str, Week] = field(default_factory=dict)
    exceptions: Mapping[str, tuple[Exceptional, ...]] = field(default_factory=dict)
    paused: frozenset[str] = frozenset()
    deleted: frozenset[str] = frozenset()

    @property
    def clerk_id(self) -> str:
        return demo_organization_id(self.slug)

    def user(self, role: str, name: str | None = None) -> Row:
        """The user of ``role`` that a demo token names, unless the user has a ``name`` of its own."""
        return {
            "clerk_id": demo_user_id(self.slug, name or role),
            "email": f"{name or role}@{self.slug}.example.com",
            "username": name or role,
            "role": role,
        }

    def user_of(self, number: int) -> Row | None:
        """Every other specialist has a user; the first one's is the one that a demo token names."""
        if number % 2:
            return None
        return self.user("specialist", self.people[number].slug if number else None)

    def specialist(self, number: int) -> Row:
        """A value for each column but the user's; some have no avatar, and no signature."""
        person = self.people[number]
        return {
            "name": person.name,
            "title": person.title,
            "description": self.descriptions.get(person.slug),
            "slug": person.slug,
            "signature_url": f"{FILES}/signatures/{person.slug}.png" if number % 2 == 0 else None,
            "avatar_url": f"{FILES}/avatars/{person.slug}.jpg" if number % 3 < 2 else None,
            "scheduling_timezone": person.timezone,
            "scheduling_active": person.slug not in self.paused,
            "minicrm_name": self.minicrm_names.get(person.slug),
        }

    def week(self, number: int) -> Week:
        """The hours of a specialist: none without a time zone, for they would mean nothing."""
        person = self.people[number]
        return self.weeks.get(person.slug, IN_TURN[number % len(IN_TURN)]) if person.timezone else ()
