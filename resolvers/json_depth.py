"""Bound how deep JSON from outside may nest: Python's own limit differs from one version to the next."""

from itertools import accumulate

MAX_DEPTH = 64  # levels of objects and lists
STEPS = bytes.maketrans(b"[{]}", b"\1\1\xff\xff")  # into a level, and as a signed byte -1 out of it
NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


def check_json_depth(text: str) -> None:
    """Raise ``ValueError`` if ``text``, which may be JSON, nests too deeply."""
    if text.count("[") + text.count("{") > MAX_DEPTH and _depth(text) > MAX_DEPTH:
        raise ValueError(f"JSON nested more than {MAX_DEPTH} levels deep")


def _depth(text: str) -> int:
    """Return how deep the brackets of ``text`` nest outside of strings; exact if ``text`` is JSON."""
    unescaped = text.encode(errors="surrogatepass").replace(rb"\\", b"").replace(rb"\"", b"")
    steps = b"".join(unescaped.split(b'"')[::2]).translate(STEPS, NO_BRACKETS)
    return max(accumulate(memoryview(steps).cast("b")), default=0)
