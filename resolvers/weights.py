"""The weight of selections: how many bytes of a response each field may take, with all that is below it."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Text

from db.entities import ENTITIES, ChangedFields, ToMany
from db.query import PageQuery
from db.selection import Column, Constant, Field, Relation, Selection
from db.tables import metadata
from resolvers.cost import RECORD_WEIGHT
from resolvers.inputs import fields_of
from resolvers.rules import HttpsUrl, Rule, Slug, Timezone
from resolvers.scheduling import MAX_REASON
from resolvers.specialists import SpecialistFields
from resolvers.specialties import SpecialtyFields

DECLARATIONS = (SpecialistFields, SpecialtyFields)
ASCII_RULES = (HttpsUrl, Slug, Timezone)
LETTER_BYTES = 2  # as Latin letters with accents take, Greek and Cyrillic ones; others take up to 4
VALUE_WEIGHT = 24  # of an id, a number, an instant
TEXT_WEIGHT = 400  # of a text for which no declaration has a maximum, such as an e-mail address
CURSOR_WEIGHT = 1_500  # of a list by name, title and slug, each as long as it may be
PUNCTUATION = 6  # quotes, colon and comma of a key and a value
LIST_ROWS = 5  # of a list without pages: a specialist has about so many of anything
PAGE_LISTS = ("nodes", "edges")
RECORD_LISTS = frozenset(
    name
    for entity in ENTITIES.values()
    for name, relation in entity.relations.items()
    if isinstance(relation, ChangedFields) or (isinstance(relation, ToMany) and relation.order)
)


def _text_weight(rule: Rule) -> int:
    """Return the weight of the longest text that ``rule`` allows."""
    length = rule.json_schema.get("maxLength")
    if length is None:
        return TEXT_WEIGHT
    return int(length) * (1 if isinstance(rule, ASCII_RULES) else LETTER_BYTES)


def _column_weights() -> Mapping[str, int]:
    """Return the weight of each column of text by its name, which stands for columns of the same kind everywhere."""
    weights = dict.fromkeys(("cursor", "start_cursor", "end_cursor"), CURSOR_WEIGHT)
    for table in metadata.tables.values():
        weights |= {column.name: TEXT_WEIGHT for column in table.columns if isinstance(column.type, Text)}
    declarations = {name: field.rule for declaration in DECLARATIONS for name, field in fields_of(declaration).items()}
    weights |= {name: _text_weight(rule) for name, rule in declarations.items() if name in weights}
    longest_record = sum(weights[name] for name in fields_of(SpecialistFields) if name in weights)
    return weights | {"reason": MAX_REASON * LETTER_BYTES, **dict.fromkeys(("old", "new"), longest_record // LIST_ROWS)}


COLUMN_WEIGHTS = _column_weights()


def make_selection(fields: Sequence[Field]) -> Selection:
    """Return the selection of ``fields`` with its weight.

    The rows of a page are counted apart, in ``row_weight``, for only its query says how many there are.
    """
    rows, others = 0, RECORD_WEIGHT
    for field in fields:
        if isinstance(field, Relation) and field.name in PAGE_LISTS:
            rows += _weight(field)
        else:
            others += _weight(field)
    return Selection(tuple(fields), others, rows)


def _weight(field: Field) -> int:
    key = len(field.key) + PUNCTUATION
    match field:
        case Constant():
            return key + len(field.value)
        case Column():
            return key + COLUMN_WEIGHTS.get(field.name, VALUE_WEIGHT)
        case Relation(query=PageQuery(size=size), selection=selection):
            return key + selection.weight + size * selection.row_weight
        case Relation(name=name, selection=selection):
            return key + (LIST_ROWS if name in RECORD_LISTS else 1) * selection.weight
