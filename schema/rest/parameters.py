"""The query of a REST address -> a list request; what is not known is ignored, of a repeated value the last counts."""

from starlette.datastructures import QueryParams

from db.query import Sort
from resolvers.errors.lists import InvalidSort
from resolvers.lists import ListOf, ListRequest
from resolvers.windows import WindowRequest


def list_values(parameters: QueryParams, name: str) -> list[str]:
    """Return the values of a parameter that takes a list.

    Commas and repetition add up: ``?sort=name&sort[]=-title`` is ``?sort=name,-title``.
    """
    texts = (text for key, text in parameters.multi_items() if key in (name, f"{name}[]"))
    return [value.strip() for text in texts if text for value in text.split(",")]


def list_request(list_: ListOf, parameters: QueryParams) -> ListRequest:
    """Raises ``InvalidSort``; the rest is checked where it is the same for both faces."""
    window = WindowRequest(parameters.get("page"), parameters.get("page_size"))
    filters = tuple((name, parameters[name]) for name in list_.filters if name in parameters)
    return ListRequest(window, _sort(list_, list_values(parameters, "sort")), filters)


def _sort(list_: ListOf, keys: list[str]) -> tuple[Sort, ...]:
    wanted = tuple(Sort(key.removeprefix("-"), key.startswith("-")) for key in keys)
    if any(each.column not in list_.sorts for each in wanted):
        raise InvalidSort(f"sort takes any of {', '.join(list_.sorts)}, each with a minus for descending")
    return wanted
