"""The conditions that a list may be filtered by, by name; a filter is a name and its bound values."""

from collections.abc import Callable

from sqlalchemy import BigInteger, Boolean, FromClause, Text, and_, collate, exists, func, literal_column, or_, select

from db.scope import owned
from db.statements.writing import Binds, Expression, Writing
from db.tables import specialist_specialties, specialist_words

Condition = Callable[[FromClause, Binds, Writing], Expression]
LAST_CHARACTER = "\U0010ffff"


def active(table: FromClause, _binds: Binds, _writing: Writing) -> Expression:
    return table.c.deleted_at.is_(None)


def deleted(table: FromClause, _binds: Binds, _writing: Writing) -> Expression:
    return table.c.deleted_at.is_not(None)


def equal(name: str, type_: type[BigInteger] | type[Boolean] | type[Text]) -> Condition:
    return lambda table, binds, _writing: table.c[name] == binds(name, type_)


def specialty_id(table: FromClause, binds: Binds, writing: Writing) -> Expression:
    link = writing.alias(specialist_specialties)
    return (
        exists()
        .select_from(link)
        .where(owned(link), link.c.specialty_id == binds("specialty_id", BigInteger))
        .where(link.c.specialist_id == table.c.id)
        .correlate(table)
    )


def word(index: int) -> Condition:
    """A word of the record begins with the word bound as ``word{index}``."""

    def condition(table: FromClause, binds: Binds, writing: Writing) -> Expression:
        words = writing.alias(specialist_words)
        begin, end = binds(f"word{index}", Text), binds(f"word{index}_end", Text)
        of_record = select(words.c.specialist_id).where(owned(words), words.c.word >= begin, words.c.word < end)
        return table.c.id.in_(of_record)

    return condition


def contains(*columns: str) -> Condition:
    """The text bound as ``search`` stands somewhere in one of ``columns``, whatever its case."""

    def condition(table: FromClause, binds: Binds, _writing: Writing) -> Expression:
        wanted = _folded(binds("search", Text))
        return or_(*(func.strpos(_folded(table.c[column]), wanted) > literal_column("0") for column in columns))

    return condition


def _folded(text: Expression) -> Expression:
    """Lower case by the database's own locale: under ``C`` only ASCII letters have a case."""
    return func.lower(collate(text, "default"))


MOST_WORDS = 8

FILTERS: dict[str, Condition] = {
    "active": active,
    "deleted": deleted,
    "user_id": equal("user_id", BigInteger),
    "scheduling_active": equal("scheduling_active", Boolean),
    "role": equal("role", Text),
    "specialty_id": specialty_id,
    "specialty_search": contains("title"),
    "user_search": contains("email", "username"),
    **{f"word{index}": word(index) for index in range(MOST_WORDS)},
}


def word_values(index: int, begin: str) -> dict[str, object]:
    """The values that ``word{index}`` binds: all words from ``begin`` to the last that begins so."""
    return {f"word{index}": begin, f"word{index}_end": begin + LAST_CHARACTER}


def conditions(names: tuple[str, ...], table: FromClause, binds: Binds, writing: Writing) -> Expression:
    return and_(True, *(FILTERS[name](table, binds, writing) for name in names))
