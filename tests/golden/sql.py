"""Format statements for reading, in lines and indented, without losing anything of them but white space."""

import re

from schema.server.explain import format_sql

SEPARATOR = "\n;\n\n"
LITERAL = re.compile(r"""('(?:[^']|'')*'|"[^"]*")""")


def formatted(statement: str) -> str:
    """Return ``statement`` in lines."""
    text = format_sql(statement)
    assert squeezed(text) == squeezed(statement), f"formatting changed {statement}"
    return text


def squeezed(statement: str) -> str:
    """Return ``statement`` with one space where names and numbers need it, none elsewhere; literals as they are."""
    parts = LITERAL.split(statement.strip())
    parts[::2] = [re.sub(r" ?([^\w$ ]) ?", r"\1", re.sub(r"\s+", " ", part)) for part in parts[::2]]
    return "".join(part.strip() if number % 2 == 0 else part for number, part in enumerate(parts))


def statements_text(statements: list[str]) -> str:
    """Return the text of a golden file."""
    return SEPARATOR.join(map(formatted, statements)) + "\n"
