"""Writes that hold only while the record is what the client has read."""

from dataclasses import dataclass

from resolvers.errors.records import PreconditionFailed


@dataclass(frozen=True, slots=True)
class Expected:
    """The versions a client would accept; none: any."""

    versions: frozenset[str] | None = None

    def check(self, version: int) -> None:
        """Raise ``PreconditionFailed`` unless ``version`` is among the accepted ones."""
        if self.versions is not None and str(version) not in self.versions:
            raise PreconditionFailed


ANY = Expected()
