"""Automatic persisted queries: a client sends the hash of its document, and the document only where it is not known."""

from dataclasses import replace
from hashlib import sha256
from sys import getsizeof

from db.cache import Cache
from resolvers.errors.request import BadUserInput, PersistedQueryNotFound
from schema.graphql.request import GraphqlRequest

MOST = 1_000
ENTRY_BYTES = 300  # of a document, beside its text


class PersistedQueries:
    """Documents by their hash, kept by this process alone: a client that meets another one sends its document again."""

    def __init__(self, weight: int = 8 << 20) -> None:
        self._texts: Cache[str, str] = Cache(MOST, weight, lambda _, text: ENTRY_BYTES + getsizeof(text))

    def resolve(self, request: GraphqlRequest) -> GraphqlRequest:
        """Return ``request`` with its document.

        Raises ``PersistedQueryNotFound`` where only the hash came and it is unknown, ``BadUserInput`` where
        both came and the hash is of another document: nobody can put his own document under it.
        """
        if request.sha256 is None:
            return request
        if not request.query:
            text = self._texts.get(request.sha256)
            if text is None:
                raise PersistedQueryNotFound
            return replace(request, query=text)
        if request.sha256 != sha256(request.query.encode(errors="surrogatepass")).hexdigest():
            raise BadUserInput("sha256Hash is not the hash of the document")
        return request

    def keep(self, request: GraphqlRequest) -> None:
        """Keep the document of ``request``, which fits the schema, if it came with its hash."""
        if request.sha256 is not None:
            self._texts.put(request.sha256, request.query)
