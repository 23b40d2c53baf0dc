"""Lets the library's own executor run the schema: the context answers root fields, the answer all below."""

from collections.abc import Callable
from typing import Any

from graphql import GraphQLResolveInfo
from strawberry.extensions import SchemaExtension


class AnsweredByContext(SchemaExtension):
    """A root field's function returns a question or a command; ``info.context.answer`` settles it."""

    def resolve(
        self, _next: Callable[..., Any], root: Any, info: GraphQLResolveInfo[Any], *args: str, **kwargs: Any
    ) -> Any:
        if isinstance(root, dict):
            return root[info.path.key]
        value = _next(root, info, *args, **kwargs)
        return info.context.answer(value, info) if root is None and info.field_name[:2] != "__" else value
