"""The variables of one random document: declared as they are used, given in every way that is allowed."""

from random import Random
from typing import Any


class Variables:
    """``declared`` by name, as the document declares them; ``given`` as the request gives them."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._conditions: list[str] = []
        self.declared: dict[str, str] = {}
        self.given: dict[str, Any] = {}

    @property
    def declarations(self) -> str:
        declarations = ", ".join(f"${name}: {type_}" for name, type_ in self.declared.items())
        return f"({declarations})" if declarations else ""

    def condition(self) -> str:
        """A boolean for ``@skip`` and ``@include``: a literal, or a variable that cannot be null."""
        value = self._random.random() < 0.5
        way = self._random.randrange(6)
        if way < 2:
            return str(value).lower()
        if self._conditions and self._random.random() < 0.5:
            return self._random.choice(self._conditions)
        self._conditions.append(self._condition(way, value=value))
        return self._conditions[-1]

    def _condition(self, way: int, *, value: bool) -> str:
        literal = str(value).lower()
        if way == 2:
            return self._made(f"Boolean = {literal}")
        if way == 3:
            return self._made(f"Boolean! = {literal}")
        return self._made("Boolean!" if way == 4 else "Boolean! = true", value)

    def required(self, type_: str, value: Any) -> str:
        """A variable that has a value: given, or by default."""
        return self._made(f"{type_}!", value)

    def optional(self, type_: str, value: Any, literal: str) -> str:
        """A variable that may be given, null or absent, with or without a default."""
        default = self._random.choice(["", "", f" = {literal}", " = null"])
        match self._random.randrange(4):
            case 0:
                return self._made(type_ + default)
            case 1:
                return self._made(type_ + default, None)
        return self._made(type_ + default, value)

    def _made(self, declaration: str, *value: Any) -> str:
        name = f"v{len(self.declared)}"
        self.declared[name] = declaration
        if value:
            self.given[name] = value[0]
        return f"${name}"
