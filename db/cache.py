"""A cache bounded by the number and the weight of its entries; it evicts the least recently used one first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Cache(Generic[Key, Value]):
    """At most ``entries`` values that together weigh at most ``weight``, in the unit of ``weigh`` (bytes, say)."""

    def __init__(self, entries: int, weight: int, weigh: Callable[[Key, Value], int]) -> None:
        self._max_entries, self._max_weight, self._weigh = entries, weight, weigh
        self._free_weight = weight
        self._values: OrderedDict[Key, Value] = OrderedDict()

    def get(self, key: Key) -> Value | None:
        """Return the value of ``key``, which becomes the most recently used; none if the key is not in the cache."""
        value = self._values.get(key)
        if value is not None:
            self._values.move_to_end(key)
        return value

    def set(self, key: Key, value: Value) -> None:
        """Store ``value`` in place of any other under ``key``, unless it alone exceeds the weight of the cache."""
        weight = self._weigh(key, value)
        if weight > self._max_weight:
            return
        if key in self._values:
            self._free_weight += self._weigh(key, self._values.pop(key))
        self._values[key] = value
        self._free_weight -= weight
        while self._values and (self._free_weight < 0 or len(self._values) > self._max_entries):
            self._free_weight += self._weigh(*self._values.popitem(last=False))

    def clear(self) -> None:
        """Remove all values."""
        self._values.clear()
        self._free_weight = self._max_weight

    def __len__(self) -> int:
        return len(self._values)
