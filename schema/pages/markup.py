"""Make HTML elements from text, which is escaped here."""

import re
from html import escape

CODE = re.compile(r"`([^`]+)`")
STRONG = re.compile(r"\*\*([^*]+)\*\*")


def tag(name: str, *content: str, **attributes: str) -> str:
    """Return an element around ``content``, which is markup already; ``class_`` is the attribute class."""
    pairs = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{pairs}>{''.join(content)}</{name}>"


def prose(text: str) -> str:
    """Return a paragraph's text as markup: backquotes make code, double asterisks make strong."""
    return STRONG.sub(r"<strong>\1</strong>", CODE.sub(r"<code>\1</code>", escape(text, quote=False)))


def code(text: str) -> str:
    """Return ``text`` as code within a line."""
    return tag("code", escape(text, quote=False))


def block(*lines: str) -> str:
    """Return lines of markup as preformatted text that the keyboard can scroll."""
    return tag("pre", tag("code", "\n".join(lines)), tabindex="0")
