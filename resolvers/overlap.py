"""Whether weekly intervals overlap, on the circle of the week's 10,080 minutes."""

from collections.abc import Sequence
from datetime import time

DAY, WEEK = 24 * 60, 7 * 24 * 60


def overlapping(intervals: Sequence[tuple[int, time, time]]) -> bool:
    """``(day, start, end)`` each, Monday is 1; an end that is not after its start is on the next day."""
    spans = sorted(_span(*interval) for interval in intervals)
    following = [*spans[1:], *((start + WEEK, end) for start, end in spans[:1])]
    return any(end > start for (_, end), (start, _) in zip(spans, following, strict=True))


def _span(day: int, start: time, end: time) -> tuple[int, int]:
    begin, finish = ((day - 1) * DAY + each.hour * 60 + each.minute for each in (start, end))
    return begin, finish if finish > begin else finish + DAY
