"""Split text into the words that a search finds it by, without case and accents."""

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")


def words_of(*texts: str | None) -> list[str]:
    """Return the distinct folded words of ``texts``, sorted: ``"Dr. Ángela"`` gives ``["angela", "dr"]``."""
    text = unicodedata.normalize("NFKD", " ".join(filter(None, texts))).casefold()
    plain_text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return sorted(set(WORD.findall(plain_text)))
