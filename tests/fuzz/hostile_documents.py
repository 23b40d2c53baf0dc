"""Build hostile GraphQL documents: each class of attack in several sizes, up to and beyond the limits."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

Builder: TypeAlias = Callable[[int], str]
Classes: TypeAlias = Mapping[str, tuple[Builder, Sequence[int]]]  # how a document is built, and its sizes

SMALL, MEDIUM, LARGE = (3, 10, 30, 100, 300), (10, 40, 100, 200, 400, 900), (100, 300, 600, 900, 1_400, 1_900)
TEXT = (1_000, 10_000, 60_000, 65_000, 100_000, 900_000)
DEPTHS = (5, 14, 16, 60, 250, 900)
EVERYTHING = """
    id organizationId userId name title description slug signatureUrl avatarUrl schedulingTimezone schedulingActive
    minicrmName deletedAt createdAt updatedAt version specialties { id title slug } user { id email username role }
    weeklyHours { id dayOfWeek startTime endTime } overrides { id date reason }
"""


def repeat(count: int, text: str) -> str:
    """Return ``text`` so often, each with its own number in place of ``%``."""
    return " ".join(text.replace("%", str(number)) for number in range(count))


def document(selection: str, definitions: str = "") -> str:
    return f"{{ {selection} }} {definitions}"


def specialists(selection: str, arguments: str = "first: 100") -> str:
    return f"specialists({arguments}) {{ nodes {{ {selection} }} }}"


def page(selection: str, arguments: str = "first: 100") -> str:
    return document(specialists(selection, arguments))


def viewer(selection: str) -> str:
    return f"{{ viewer {{ {selection} }} }}"


def schema(selection: str) -> str:
    return f"{{ __schema {{ {selection} }} }}"


def total(arguments: str) -> str:
    return f"{{ specialists({arguments}) {{ totalCount }} }}"


def chain(length: int, width: int) -> str:
    """Return fragments that each spread the next ones: the paths grow exponentially."""
    links = [
        f"fragment F{i} on Specialist {{ id {' '.join(f'...F{i + step}' for step in range(1, width + 1))} }}"
        for i in range(length)
    ]
    ends = [f"fragment F{length + step} on Specialist {{ id }}" for step in range(width)]
    return f"{page('...F0')} {' '.join(links + ends)}"


def circle(length: int) -> str:
    return viewer("...F0") + " ".join(f"fragment F{i} on Viewer {{ ...F{(i + 1) % length} }}" for i in range(length))


def doubling(levels: int, width: int = 2) -> str:
    """Return fragments that each reach the next under several aliases, so that nothing merges."""

    def link(level: int) -> str:
        below = f"specialists(first: 1) {{ nodes {{ ...F{level + 1} }} }}"
        return f"fragment F{level} on Specialist {{ {repeat(width, f'a%: specialties {{ b%: {below} }}')} }}"

    return f"{page('...F0')} {' '.join(map(link, range(levels)))} fragment F{levels} on Specialist {{ name }}"


def nested_pages(size: int, depth: int) -> str:
    selection = "id"
    for _ in range(depth):
        selection = f"specialties {{ specialists(first: {size}) {{ nodes {{ {selection} }} }} }}"
    return page(selection, f"first: {size}")


def deep(levels: int) -> str:
    return "{ " + "specialties { nodes { specialists { nodes { " * levels + "id" + " } } } }" * levels + " }"


def fields_of_fields(aliases: int) -> str:
    first = f"fragment F on __Type {{ {repeat(aliases, 'a%: fields { type { ...G } }')} }}"
    return schema("types { ...F }") + first + f" fragment G on __Type {{ {repeat(aliases, 'b%: fields { name }')} }}"


def declared(count: int, type_: str, selection: str = "viewer { role }") -> str:
    return f"query ({repeat(count, f'$v%: {type_}')}) {{ {selection} }}"


def fragment(count: int, selection: str, type_: str = "Specialist") -> str:
    return f"fragment F% on {type_} {{ {selection} }}".replace("%", str(count))


NODES = "nodes { name title }"
SEARCH = 'a%: specialists(filter: {search: "a b c d e f g h"}) { totalCount }'
SORTED = "a%: specialists(last: 1, sort: [TITLE_ASC NAME_DESC SLUG_ASC]) { edges { cursor } pageInfo { endCursor } }"
TYPE = 'a%: __type(name: "Query") { fields { args { name description } } }'

RESPONSES: Classes = {  # the response is much larger than the document
    "aliases of a long text": (lambda n: page(repeat(n, "a%: description")), SMALL),
    "aliases of a long text on few rows": (lambda n: page(repeat(n, "a%: description"), "first: 5"), MEDIUM),
    "a long response key": (lambda n: page(f"{'k' * n}: id"), TEXT),
    "a long response key below a list": (lambda n: page(f"specialties {{ {'k' * n}: id }}"), TEXT),
    "long response keys": (lambda n: page(repeat(n, f"{'k' * 60}%: id")), MEDIUM),
    "aliases of __typename": (lambda n: page(repeat(n, "a%: __typename")), MEDIUM),
    "pages of everything": (lambda n: document(repeat(n, f"a%: {specialists(EVERYTHING)}")), SMALL),
    "pages within pages": (lambda n: nested_pages(100, n), (1, 2, 3, 4)),
    "small pages within pages": (lambda n: nested_pages(2, n), (1, 2, 3, 4)),
    "aliases of nodes": (lambda n: document(f"specialists(first: 100) {{ {repeat(n, f'a%: {NODES}')} }}"), MEDIUM),
    "aliases of edges": (lambda n: document(f"specialists {{ {repeat(n, 'a%: edges { node { id } }')} }}"), MEDIUM),
    "aliases of cursors": (lambda n: document(f"specialists {{ edges {{ {repeat(n, 'a%: cursor')} }} }}"), MEDIUM),
    "aliases of pageInfo": (lambda n: document(f"specialists {{ {repeat(n, 'a%: pageInfo { page }')} }}"), MEDIUM),
}
STATEMENTS: Classes = {  # the statement is much larger than the document
    "roots": (lambda n: document(repeat(n, "a%: viewer { role }")), MEDIUM),
    "root lists": (lambda n: document(repeat(n, "a%: specialists(first: 1) { totalCount }")), MEDIUM),
    "relations of a row": (lambda n: page(repeat(n, "a%: specialties { id }")), MEDIUM),
    "relations of many columns": (
        lambda n: page(repeat(n, "a%: user { ...F0 }")) + fragment(0, repeat(60, "b%: email"), "User"),
        MEDIUM,
    ),
    "roots that spread 200 relations": (
        lambda n: document(
            repeat(n, f"a%: {specialists('...F0')}"), fragment(0, repeat(200, "f%: specialties { id }"))
        ),
        SMALL,
    ),
    "roots that spread 600 columns": (
        lambda n: document(repeat(n, "a%: specialist(id: 1) { ...F0 }"), fragment(0, repeat(600, "f%: name"))),
        SMALL,
    ),
    "searches for eight words": (lambda n: document(repeat(n, SEARCH)), MEDIUM),
    "pages by cursor of every sort key": (lambda n: document(repeat(n, SORTED)), MEDIUM),
    "aliases that double": (doubling, DEPTHS),
    "aliases that grow by many": (lambda n: doubling(2, n), SMALL),
    "writes": (lambda n: f"mutation {{ {repeat(n, 'a%: restoreSpecialist(id: 1) { id }')} }}", MEDIUM),
    "writes that read much back": (
        lambda n: f"mutation {{ a: restoreSpecialist(id: 1) {{ {repeat(n, 'a%: specialties { id }')} }} }}",
        MEDIUM,
    ),
}
OVERLAPS: Classes = {  # fields that share a response key are compared with each other
    "overlapping relations": (lambda n: page("specialties { id } " * n), MEDIUM),
    "overlapping roots": (lambda n: document("viewer { role } " * n), MEDIUM),
    "overlapping roots with arguments": (lambda n: document("specialist(id: 1) { name } " * n), MEDIUM),
    "overlapping nodes": (lambda n: document(f"specialists {{ {f'{NODES} ' * n} }}"), MEDIUM),
    "overlapping nodes of overlapping relations": (
        lambda n: document("specialists { " + f"nodes {{ {'specialties { id } ' * 10} }} " * n + "}"),
        (5, 10, 20, 40),
    ),
    "conflicting aliases": (lambda n: page("a: name a: title " * n), MEDIUM),
    "conflicting relations": (lambda n: page("a: specialties { id } a: user { id } " * n), MEDIUM),
    "conflicting arguments": (lambda n: document(repeat(n, "a: specialists(first: %) { totalCount }")), MEDIUM),
    "colocated fragments": (
        lambda n: page(repeat(n, "...F%")) + repeat(n, "fragment F% on Specialist { id name user { id role } }"),
        (5, 10, 20, 40, 80, 110),
    ),
    "fragments of one key": (
        lambda n: page(repeat(n, "...F%")) + repeat(n, "fragment F% on Specialist { user { a%: email } }"),
        MEDIUM,
    ),
    "overlapping introspection": (lambda n: schema("queryType { name } " * n), MEDIUM),
}
VALIDATION: Classes = {
    "fragments that spread two": (lambda n: chain(n, 2), DEPTHS),
    "fragments that spread ten": (lambda n: chain(n, 10), DEPTHS),
    "fragments in a circle": (circle, (1, 2, 20, 150, 300)),
    "unused fragments": (lambda n: viewer("role") + repeat(n, "fragment F% on Viewer { role }"), MEDIUM),
    "unknown fragments": (lambda n: page(repeat(n, "...F%")), MEDIUM),
    "fields": (lambda n: page("name " * n), LARGE),
    "aliases": (lambda n: page(repeat(n, "a%: name"), "first: 1"), LARGE),
    "unknown fields": (lambda n: page(repeat(n, "n%")), LARGE),
    "nearly known fields": (lambda n: page(repeat(n, "descriptio%")), LARGE),
    "unknown arguments": (lambda n: total(repeat(n, "n%: 1")), MEDIUM),
    "unknown inputs": (lambda n: total(f"filter: {{{repeat(n, 'x%: 1')}}}"), MEDIUM),
    "unknown enum values": (lambda n: total(f"sort: [{repeat(n, 'X%')}]"), LARGE),
    "sort keys": (lambda n: total(f"sort: [{'NAME_ASC ' * n}]"), LARGE),
    "unknown types": (lambda n: page(repeat(n, "... on X% { id }")), MEDIUM),
    "inline fragments": (lambda n: page("... on Specialist { id } " * n), MEDIUM),
    "unused variables": (lambda n: declared(n, "Int"), MEDIUM),
    "variables of unknown types": (lambda n: declared(n, "X%"), MEDIUM),
    "variables with defaults": (lambda n: declared(n, "[Int!] = [1 2 3]"), MEDIUM),
    "used variables": (
        lambda n: declared(n, "Int", repeat(n, "a%: specialists(first: $v%) { totalCount }")),
        MEDIUM,
    ),
    "directives of one field": (lambda n: viewer("role" + " @include(if: true)" * n), MEDIUM),
    "fields with a directive": (lambda n: page("name @include(if: true) " * n), MEDIUM),
    "fields that a variable decides on": (
        lambda n: "query ($v: Boolean!) " + page(repeat(n, "a%: name @skip(if: $v)")),
        MEDIUM,
    ),
    "unknown directives": (lambda n: viewer("role" + repeat(n, "@d%")), LARGE),
    "operations": (lambda n: repeat(n, "query Q% { __typename }"), MEDIUM),
    "type definitions": (lambda n: viewer("role") + repeat(n, "type X% { a: Int }"), MEDIUM),
    "subscriptions": (lambda n: f"subscription {{ {repeat(n, 'a%')} }}", MEDIUM),
}
LEXING: Classes = {
    "a comment": (lambda n: f"#{'x' * n}\n" + viewer("role"), TEXT),
    "commas": (lambda n: viewer("role" + "," * n), TEXT),
    "newlines": (lambda n: viewer("role" + "\n" * n), TEXT),
    "marks of byte order": (lambda n: viewer("role" + "\ufeff" * n), TEXT),
    "a string": (lambda n: total('filter: {search: "' + "x" * n + '"}'), TEXT),
    "a string of escapes": (lambda n: total('filter: {search: "' + "\\u0041" * (n // 6) + '"}'), TEXT),
    "a block string": (lambda n: total('filter: {search: """' + "\n a" * (n // 3) + '"""}'), TEXT),
    "a string without end": (lambda n: '{ viewer(a: "' + "x" * n, TEXT),
    "a name": (lambda n: viewer("x" * n), TEXT),
    "the name of an argument": (lambda n: total(f"{'x' * n}: 1"), TEXT),
    "an integer": (lambda n: total(f"page: {'9' * n}"), TEXT),
    "a float": (lambda n: total(f"page: 1.{'9' * n}e9999"), TEXT),
    "an id": (lambda n: document(f"specialist(id: {'9' * n}) {{ id }}"), TEXT),
    "a cursor": (lambda n: total('after: "' + "A" * n + '"'), TEXT),
    "nested braces": (lambda n: "{" * n, LARGE),
    "nested fields": (deep, (1, 3, 4, 25, 100, 400)),
    "nested inline fragments": (lambda n: page(f"{'... {' * n} id {'}' * n}"), DEPTHS),
    "nested lists": (lambda n: total(f"sort: {'[' * n}NAME_ASC{']' * n}"), DEPTHS),
    "nested objects": (lambda n: total(f"filter: {'{search: ' * n}1{'}' * n}"), DEPTHS),
    "nested types": (lambda n: f"query ($a: {'[' * n}Int{']' * n}) {viewer('role')}", DEPTHS),
}
INTROSPECTION: Classes = {
    "introspection in circles": (
        lambda n: schema("types { " + "fields { type { " * n + "name" + " } }" * n + " }"),
        (1, 2, 3, 20, 60),
    ),
    "introspected types": (lambda n: document(repeat(n, "a%: __schema { types { name kind } }")), MEDIUM),
    "introspected fields of fields": (fields_of_fields, SMALL),
    "one type introspected": (lambda n: document(repeat(n, TYPE)), MEDIUM),
    "introspection under a long key": (lambda n: schema(f"types {{ {'k' * n}: name }}"), TEXT),
}
CLASSES = {**RESPONSES, **STATEMENTS, **OVERLAPS, **VALIDATION, **LEXING, **INTROSPECTION}
