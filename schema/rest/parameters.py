"""Parse the query of a URL: unknown parameters are ignored, of a repeated value the last counts."""

from collections.abc import Iterable, Sequence

from starlette.datastructures import QueryParams

from db.query import Sort
from resolvers.errors.inputs import InvalidInclude, InvalidSort
from resolvers.lists import ListDefinition, ListRequest
from resolvers.windows import WindowRequest


def list_values(parameters: QueryParams, name: str) -> list[str]:
    """Return the values of a parameter that takes a list.

    Commas and repetition add up: ``?sort=name&sort[]=-title`` is ``?sort=name,-title``.
    """
    texts = (text for key, text in parameters.multi_items() if key in (name, f"{name}[]"))
    return [value.strip() for text in texts if text for value in text.split(",")]


def list_request(list_: ListDefinition, parameters: QueryParams) -> ListRequest:
    """Return the list that the query requests; raise ``InvalidSort``.

    The rest is checked in ``resolvers``, where it is the same for both APIs.
    """
    window = WindowRequest(parameters.get("page"), parameters.get("page_size"))
    filters = tuple((name, parameters[name]) for name in list_.filters if name in parameters)
    return ListRequest(window, _sort(list_, list_values(parameters, "sort")), filters)


def parse_include(includes: Iterable[str], names: Sequence[str]) -> tuple[str, ...]:
    """Return the names that ``include`` lists, in the order of ``includes``; raise ``InvalidInclude``."""
    choices = tuple(includes)
    if not set(choices) >= set(names):
        raise InvalidInclude(f"include takes any of {', '.join(choices)}")
    return tuple(name for name in choices if name in names)


def _sort(list_: ListDefinition, keys: Sequence[str]) -> tuple[Sort, ...]:
    sort = tuple(Sort(key.removeprefix("-"), key.startswith("-")) for key in keys)
    if any(key.column not in list_.sort_columns for key in sort):
        raise InvalidSort(f"sort takes any of {', '.join(list_.sort_columns)}, each with a minus for descending")
    return sort
