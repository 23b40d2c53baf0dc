"""Where the keys that check signatures come from."""

from typing import Protocol, Self

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from resolvers.identity.pem import read_public_key


class KeySource(Protocol):
    async def key_for(self, kid: str | None) -> RSAPublicKey | None:
        """Return the key of that id, ``None`` if the issuer has none; ``Unavailable`` if that is unknown."""
        ...

    async def newer_key(self, kid: str | None, refused: RSAPublicKey) -> RSAPublicKey | None:
        """Return another key of the same id, after ``refused`` did not fit a signature, if there is one."""
        ...


class PinnedKey:
    """The one key of the configuration, whatever id a token names: no network, no change."""

    def __init__(self, key: RSAPublicKey) -> None:
        self.key = key

    @classmethod
    def read(cls, setting: str) -> Self:
        """Take the key from a PEM, or from the path of one; ``ValueError`` if there is none."""
        return cls(read_public_key(setting))

    async def key_for(self, kid: str | None) -> RSAPublicKey | None:  # noqa: ARG002
        return self.key

    async def newer_key(self, kid: str | None, refused: RSAPublicKey) -> RSAPublicKey | None:  # noqa: ARG002
        return None
