"""Apply the rules of lists in plain Python to rows in memory, to compare with the server's SQL."""

import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

Row = dict[str, Any]


def ordered(rows: Iterable[Row], *keys: str) -> list[Row]:
    """``rows`` by ``keys`` as REST writes them (``-`` is descending); nulls last, ``id`` breaks ties.

    A second mention of a column says nothing; ``id`` runs as the last key that says something.
    """
    records = list(rows)
    directions = {key.removeprefix("-"): key for key in reversed(keys)}
    first = [key for key in dict.fromkeys(keys) if directions[key.removeprefix("-")] == key]
    for key in reversed([*first, "-id" if first and first[-1].startswith("-") else "id"]):
        records = _by(records, key.removeprefix("-"), descending=key.startswith("-"))
    return records


def _by(rows: list[Row], column: str, *, descending: bool) -> list[Row]:
    """Rows that tie stay in the order in which they stand, either way."""
    there = sorted((row for row in rows if row[column] is not None), key=lambda row: row[column], reverse=descending)
    return [*there, *(row for row in rows if row[column] is None)]


def found_by_words(row: Row, search: str) -> bool:
    """Whether each word of ``search`` begins a word of the row's name or title; a search without words finds none."""
    row_words, search_words = _words(f"{row['name']} {row['title'] or ''}"), _words(search)
    if not search_words:
        return not search.strip()
    return all(any(word.startswith(prefix) for word in row_words) for prefix in search_words)


def contains(search: str, *columns: str) -> Callable[[Row], bool]:
    """Whether one of ``columns`` has ``search`` in it, whatever the case."""
    return lambda row: any(search.casefold() in (row[column] or "").casefold() for column in columns)


def _words(text: str) -> set[str]:
    plain = [
        character
        for character in unicodedata.normalize("NFKD", text).casefold()
        if not unicodedata.combining(character)
    ]
    spaced = "".join(character if character.isalnum() else " " for character in plain)
    return set(spaced.split())
