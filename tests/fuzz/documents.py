"""Random documents that fit the schema: deep, aliased, fragmented, merged, conditional."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from graphql import GraphQLObjectType, GraphQLOutputType, get_named_type, is_leaf_type

from tests.fuzz.arguments import Arguments
from tests.fuzz.oracle import PLAIN
from tests.fuzz.variables import Variables

UNTOLD = {"cursor", "startCursor", "endCursor", "history"}  # what the oracle does not know
NAMES = ("a", "b", "x1", "_", "name", "title", "id", "role", "nodes", "answer", "page", "users", "json", "a" * 70)
DEEPEST = 8
LONGEST = 6_000  # characters: well below the number of tokens that the server takes


@dataclass(frozen=True)
class Case:
    """One request."""

    query: str
    variables: dict[str, Any]
    operation_name: str | None
    role: str


@dataclass
class Fragment:
    type_name: str
    text: str = ""
    spreads: int = 0


@dataclass
class Author:
    """Writes one document. Every key means the same field with the same arguments wherever it stands."""

    random: Random
    fields_left: int
    keys: dict[tuple[str, str], str] = field(default_factory=dict)
    fragments: dict[str, Fragment] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.variables = Variables(self.random)
        self.arguments = Arguments(self.random, self.variables)

    def case(self) -> Case:
        assert PLAIN.query_type is not None
        selection = self._selection(PLAIN.query_type, 0, 1)
        name = self.random.choice(["", "Asked"])
        text = f"{f'query {name}' if name or self.variables.declared else ''}{self.variables.declarations} {selection}"
        text += "".join(
            f"\nfragment {key} on {fragment.type_name} {fragment.text}" for key, fragment in self.fragments.items()
        )
        several = name and self.random.random() < 0.2
        if several:
            text += "\nquery Other { __typename }"
        return Case(
            text,
            self.variables.given,
            name if several or (name and self.random.random() < 0.5) else None,
            self.random.choice(["admin", "admin", "patient"]),
        )

    def _selection(self, type_: GraphQLObjectType, depth: int, rows: int) -> str:
        count = self.random.randint(1, 3 if depth == 0 else 5)
        parts = [self._part(type_, depth, rows) for _ in range(count)]
        return f"{{ {' '.join(filter(None, parts)) or '__typename'} }}"

    def _part(self, type_: GraphQLObjectType, depth: int, rows: int) -> str:
        chance = self.random.random()
        if chance < 0.1:
            on = self.random.choice(["", f"on {type_.name} "])
            return f"... {on}{self._directives()}{self._selection(type_, depth, rows)}"
        if chance < 0.22:
            return self._spread(type_, depth, rows)
        if chance < 0.28:
            return f"{self._key(type_, '__typename', '')} {self._directives()}"
        if chance < 0.3 and type_ is PLAIN.query_type:
            arguments = f'(name: "{self.random.choice(sorted(PLAIN.type_map))}")'
            return f"{self._key(type_, '__type', arguments)} {self._directives()}{{ name fields {{ name }} }}"
        return self._field(type_, depth, rows)

    def _spread(self, type_: GraphQLObjectType, depth: int, rows: int) -> str:
        """A fragment of this type, new or once more; one that is being written cannot be spread."""
        names = [
            name for name, fragment in self.fragments.items() if fragment.type_name == type_.name and fragment.text
        ]
        if names and self.random.random() < 0.5 and rows <= 20:
            name = self.random.choice(names)
        else:
            name = f"F{len(self.fragments)}"
            self.fragments[name] = Fragment(type_.name)
            self.fragments[name].text = self._selection(type_, depth, rows)
        return f"...{name} {self._directives()}"

    def _field(self, type_: GraphQLObjectType, depth: int, rows: int) -> str:
        self.fields_left -= 1
        leaves_only = depth >= DEEPEST or self.fields_left < 0 or rows > 400
        names = [
            name
            for name, field in type_.fields.items()
            if name not in UNTOLD and (is_leaf_type(get_named_type(field.type)) or not leaves_only)
        ]
        if not names:
            return ""
        name = self.random.choice(names)
        definition = type_.fields[name]
        arguments, most = self.arguments.of(type_.name, name, rows)
        key = self._key(type_, name, arguments)
        subselection = self._below(definition.type, depth, rows * most)
        return f"{key} {self._directives()}{subselection}"

    def _below(self, type_: GraphQLOutputType, depth: int, rows: int) -> str:
        named_type = get_named_type(type_)
        return self._selection(named_type, depth + 1, rows) if isinstance(named_type, GraphQLObjectType) else ""

    def _key(self, type_: GraphQLObjectType, name: str, arguments: str) -> str:
        """The field, perhaps under an alias; a key that already means something else is left to it."""
        meaning = name + arguments
        alias = self.random.choice([name, name, *self.random.sample(NAMES, 2)])
        for key in (alias, *NAMES):
            if self.keys.setdefault((type_.name, key), meaning) == meaning:
                return meaning if key == name else f"{key}: {meaning}"
        key = f"k{len(self.keys)}"
        self.keys[type_.name, key] = meaning
        return f"{key}: {meaning}"

    def _directives(self) -> str:
        directives = ""
        for directive in ("skip", "include"):
            if self.random.random() < 0.12:
                directives += f"@{directive}(if: {self.variables.condition()}) "
        return directives


def case_of(seed: int) -> Case:
    """The request with this number, the same on every run."""
    random = Random(seed)
    while True:
        case = Author(random, fields_left=random.choice([6, 12, 12, 24, 60])).case()
        if len(case.query) <= LONGEST:
            return case
