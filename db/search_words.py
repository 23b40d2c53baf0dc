"""The words that a text is found by, folded so that case and accents do not matter."""

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")


def words_of(*texts: str | None) -> list[str]:
    """The distinct folded words of ``texts``, sorted: ``"Dr. Ángela"`` gives ``["angela", "dr"]``."""
    folded = unicodedata.normalize("NFKD", " ".join(filter(None, texts))).casefold()
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return sorted(set(WORD.findall(plain)))
