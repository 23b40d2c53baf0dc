"""The conditions that a list may be filtered by, by name; a filter is a name and its bound values."""

from collections.abc import Callable

from sqlalchemy import BigInteger, Boolean, Text, and_, collate, exists, func, literal_column, or_, select

from db.statements.builder import Binds, Expression, Record, StatementBuilder
from db.statements.scope import owned_by_tenant
from db.tables import specialist_specialties, specialist_words

Condition = Callable[[Record, Binds, StatementBuilder], Expression]
LAST_CHARACTER = "\U0010ffff"


def active(record: Record, _binds: Binds, _writing: StatementBuilder) -> Expression:
    return record.c["deleted_at"].is_(None)


def deleted(record: Record, _binds: Binds, _writing: StatementBuilder) -> Expression:
    return record.c["deleted_at"].is_not(None)


def equal(name: str, type_: type[BigInteger] | type[Boolean] | type[Text]) -> Condition:
    return lambda record, binds, _writing: record.c[name] == binds(name, type_)


def specialty_id(record: Record, binds: Binds, writing: StatementBuilder) -> Expression:
    link = writing.record(specialist_specialties)
    return (
        exists()
        .select_from(link.source)
        .where(owned_by_tenant(link), link.c["specialty_id"] == binds("specialty_id", BigInteger))
        .where(link.c["specialist_id"] == record.c["id"])
    )


def word(index: int) -> Condition:
    """A word of the record begins with the word bound as ``word{index}``."""

    def condition(record: Record, binds: Binds, writing: StatementBuilder) -> Expression:
        words = writing.record(specialist_words)
        begin, end = binds(f"word{index}", Text), binds(f"word{index}_end", Text)
        found = select(words.c["specialist_id"]).select_from(words.source)
        return record.c["id"].in_(found.where(owned_by_tenant(words), words.c["word"] >= begin, words.c["word"] < end))

    return condition


def contains(*columns: str) -> Condition:
    """The text bound as ``search`` stands somewhere in one of ``columns``, whatever its case."""

    def condition(record: Record, binds: Binds, _writing: StatementBuilder) -> Expression:
        wanted = _folded(binds("search", Text))
        return or_(*(func.strpos(_folded(record.c[column]), wanted) > literal_column("0") for column in columns))

    return condition


def _folded(text: Expression) -> Expression:
    """Lower case by the database's own locale: under ``C`` only ASCII letters have a case."""
    return func.lower(collate(text, "default"))


MAX_WORDS = 8

FILTERS: dict[str, Condition] = {
    "active": active,
    "deleted": deleted,
    "user_id": equal("user_id", BigInteger),
    "scheduling_active": equal("scheduling_active", Boolean),
    "role": equal("role", Text),
    "specialty_id": specialty_id,
    "specialty_search": contains("title"),
    "user_search": contains("email", "username"),
    **{f"word{index}": word(index) for index in range(MAX_WORDS)},
}


def word_values(index: int, begin: str) -> dict[str, object]:
    """The values that ``word{index}`` binds: all words from ``begin`` to the last that begins so."""
    return {f"word{index}": begin, f"word{index}_end": begin + LAST_CHARACTER}


def conditions(names: tuple[str, ...], record: Record, binds: Binds, writing: StatementBuilder) -> Expression:
    return and_(True, *(FILTERS[name](record, binds, writing) for name in names))
