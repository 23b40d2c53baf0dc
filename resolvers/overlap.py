"""Where weekly intervals overlap, on the circle of the week's 10,080 minutes."""

from collections.abc import Sequence
from datetime import time

DAY, WEEK = 24 * 60, 7 * 24 * 60


def overlap(intervals: Sequence[tuple[int, time, time]]) -> int | None:
    """Return the index of an interval that begins before the one ahead of it ends; none if none does.

    ``(day, start, end)`` each, Monday is 1; an end that is not after its start is on the next day.
    """
    spans = sorted((*_span(*interval), index) for index, interval in enumerate(intervals))
    following = [*spans[1:], *((start + WEEK, end, index) for start, end, index in spans[:1])]
    pairs = zip(spans, following, strict=True)
    return next((index for (_, end, _), (start, _, index) in pairs if end > start), None)


def _span(day: int, start: time, end: time) -> tuple[int, int]:
    begin, finish = ((day - 1) * DAY + each.hour * 60 + each.minute for each in (start, end))
    return begin, finish if finish > begin else finish + DAY
