"""The query of a REST address -> a list request; what is not known is ignored."""

from starlette.datastructures import QueryParams

from db.query import Sort
from resolvers.errors.lists import InvalidSort
from resolvers.lists import ListOf, ListRequest
from resolvers.windows import WindowRequest


def list_request(list_: ListOf, parameters: QueryParams) -> ListRequest:
    """Raises ``InvalidSort``; the rest is checked where it is the same for both faces."""
    window = WindowRequest(parameters.get("page"), parameters.get("page_size"))
    filters = tuple((name, parameters[name]) for name in list_.filters if name in parameters)
    return ListRequest(window, _sort(list_, parameters.get("sort") or ""), filters)


def _sort(list_: ListOf, text: str) -> tuple[Sort, ...]:
    keys = [key.strip() for key in text.split(",") if text]
    wanted = tuple(Sort(key.removeprefix("-"), key.startswith("-")) for key in keys)
    if any(each.column not in list_.sorts for each in wanted):
        raise InvalidSort(f"sort takes any of {', '.join(list_.sorts)}, each with a minus for descending")
    return wanted
