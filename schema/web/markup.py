"""HTML from text: whatever is not markup of our own is escaped here."""

import json
import re
from collections.abc import Sequence
from html import escape

CODE = re.compile(r"`([^`]+)`")
STRONG = re.compile(r"\*\*([^*]+)\*\*")
TOKEN = re.compile(r'(?P<key>"(?:[^"\\]|\\.)*")(?=:)|(?P<text>"(?:[^"\\]|\\.)*")|(?P<word>\b(?:true|false|null)\b)')


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


def json_markup(value: object) -> str:
    """``value`` as indented JSON, its keys, texts and words marked."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    parts, end = [], 0
    for found in TOKEN.finditer(text):
        parts += [escape(text[end : found.start()]), tag("span", escape(found[0]), class_=str(found.lastgroup))]
        end = found.end()
    return "".join((*parts, escape(text[end:])))


def table(caption: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A table whose first column heads its rows; nothing where there are no rows."""
    if not rows:
        return ""
    head = tag("tr", *(tag("th", escape(text), scope="col") for text in heads))
    body = (tag("tr", tag("th", first, scope="row"), *(tag("td", cell) for cell in rest)) for first, *rest in rows)
    whole = tag("table", tag("caption", escape(caption)), tag("thead", head), tag("tbody", *body))
    return tag("div", whole, class_="scroll", tabindex="0", role="region", aria_label=caption)
