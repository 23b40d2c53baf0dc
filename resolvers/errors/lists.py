"""Errors in the arguments of a list: page, sort, include, cursor."""

from resolvers.errors.problem import GRAPHQL_ONLY, Invalid


class InvalidPage(Invalid):
    code, field = "invalid_page", "page"
    message = "page must be an integer of at least 1"


class InvalidPageSize(Invalid):
    code, field = "invalid_page_size", "page_size"
    message = "{page_size} must be an integer of at least 1"


class InvalidSort(Invalid):
    code, field = "invalid_sort", "sort"
    message = "sort has an unknown key"


class InvalidInclude(Invalid):
    code, field = "invalid_include", "include"
    message = "include has an unknown name"


class InvalidCursor(Invalid):
    code, field = "invalid_cursor", "cursor"
    message = "The cursor cannot be read"
    apis = GRAPHQL_ONLY
