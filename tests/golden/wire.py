"""Record the statements that are sent to PostgreSQL, on the connections themselves."""

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import asyncpg
import pytest

ENVELOPE = ("begin", "commit", "rollback")
# What the driver asks of its own accord, once a connection, when it meets a type for the first time.
DRIVER = ("SELECT current_setting('jit')", "WITH RECURSIVE typeinfo_tree(", "SELECT set_config('jit'")


class Wire:
    """Every statement since ``clear``, in order, as it was sent."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def clear(self) -> None:
        self.sent.clear()

    @property
    def statements(self) -> list[str]:
        """The data statements: neither the messages that open a transaction nor those that end it."""
        return [statement for statement in self.sent if not statement.startswith(ENVELOPE)]

    @property
    def transactions(self) -> list[list[str]]:
        """The statements of each transaction, with the messages around them."""
        transactions: list[list[str]] = []
        for statement in self.sent:
            if statement.startswith("begin"):
                transactions.append([])
            transactions[-1].append(statement)
        return transactions

    @contextmanager
    def tapped(self) -> Iterator[None]:
        """Every connection that is opened meanwhile is listened to for as long as it lives."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(asyncpg, "connect", functools.partial(self._connect, asyncpg.connect))
            yield

    async def _connect(self, connect: Any, *arguments: Any, **options: Any) -> "asyncpg.Connection[Any]":
        connection: asyncpg.Connection[Any] = await connect(*arguments, **options)
        connection.add_query_logger(self._log)
        return connection

    def _log(self, record: Any) -> None:
        if not " ".join(record.query.split()).startswith(DRIVER):
            self.sent.append(record.query)
