"""A cache that cannot grow: bounded by entries and by weight, the least recently used goes first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Cache(Generic[Key, Value]):
    """At most ``entries`` values that weigh at most ``weight`` together, as ``weigh`` tells (bytes, say)."""

    def __init__(self, entries: int, weight: int, weigh: Callable[[Key, Value], int]) -> None:
        self._entries, self._weight, self._weigh = entries, weight, weigh
        self._free = weight
        self._kept: OrderedDict[Key, Value] = OrderedDict()

    def get(self, key: Key) -> Value | None:
        value = self._kept.get(key)
        if value is not None:
            self._kept.move_to_end(key)
        return value

    def put(self, key: Key, value: Value) -> None:
        """Keep ``value`` in place of any other under ``key``, unless it alone is more than the cache may hold."""
        weight = self._weigh(key, value)
        if weight > self._weight:
            return
        if key in self._kept:
            self._free += self._weigh(key, self._kept.pop(key))
        self._kept[key] = value
        self._free -= weight
        while self._kept and (self._free < 0 or len(self._kept) > self._entries):
            self._free += self._weigh(*self._kept.popitem(last=False))

    def __len__(self) -> int:
        return len(self._kept)
