"""HTML from text: whatever is not markup of our own is escaped here."""

import re
from html import escape

CODE = re.compile(r"`([^`]+)`")
STRONG = re.compile(r"\*\*([^*]+)\*\*")


def tag(name: str, *content: str, **attributes: str) -> str:
    """An element around ``content``, which is markup already; ``class_`` is the attribute class."""
    given = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{given}>{''.join(content)}</{name}>"


def prose(text: str) -> str:
    """One paragraph's text: backquotes make code, double asterisks make strong."""
    return STRONG.sub(r"<strong>\1</strong>", CODE.sub(r"<code>\1</code>", escape(text, quote=False)))


def code(text: str) -> str:
    return tag("code", escape(text, quote=False))


def block(*lines: str) -> str:
    """Lines of markup as preformatted text that the keyboard can scroll."""
    return tag("pre", tag("code", "\n".join(lines)), tabindex="0")
