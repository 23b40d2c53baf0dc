"""The description of a demo clinic, and the values that are stored for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from db.demo.ids import demo_organization_id, demo_user_id
from db.demo.scheduling import DEFAULT_WEEKS, Override, Row, Week

FILES = "https://files.example.com"


@dataclass(frozen=True, slots=True)
class Person:
    """A specialist; ``specialties`` are slugs separated by blanks."""

    slug: str
    name: str
    title: str | None = None
    timezone: str | None = None
    specialties: str = ""


@dataclass(frozen=True, slots=True)
class Clinic:
    """A clinic. ``people`` are sorted newest first, the demo specialist before all; other facts go by their slugs."""

    slug: str
    specialties: Mapping[str, str]
    people: tuple[Person, ...]
    descriptions: Mapping[str, str]
    minicrm_names: Mapping[str, str] = field(default_factory=dict)
    weeks: Mapping[str, Week] = field(default_factory=dict)
    overrides: Mapping[str, tuple[Override, ...]] = field(default_factory=dict)
    paused: frozenset[str] = frozenset()
    deleted: frozenset[str] = frozenset()

    @property
    def clerk_id(self) -> str:
        return demo_organization_id(self.slug)

    def user(self, role: str, name: str | None = None) -> Row:
        """Return the values of the user that a demo token of ``role`` names, or of one with a ``name`` of its own."""
        return {
            "clerk_id": demo_user_id(self.slug, name or role),
            "email": f"{name or role}@{self.slug}.example.com",
            "username": name or role,
            "role": role,
        }

    def user_of(self, number: int) -> Row | None:
        """Return the user of every other specialist; that of the first is the one that a demo token names."""
        if number % 2:
            return None
        return self.user("specialist", self.people[number].slug if number else None)

    def specialist(self, number: int) -> Row:
        """Return a value for each column but the user's; some specialists have no avatar or no signature."""
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
        """Return the weekly hours of a specialist; none without a time zone, which gives them their meaning."""
        person = self.people[number]
        return self.weeks.get(person.slug, DEFAULT_WEEKS[number % len(DEFAULT_WEEKS)]) if person.timezone else ()
