"""The verifier of whoever issued a token, where several issuers are accepted."""

from collections.abc import Mapping

from resolvers.errors.access import Unauthorized
from resolvers.identity.header import check_shape
from resolvers.identity.identity import Identity
from resolvers.identity.reasons import Reason
from resolvers.identity.segment import decoded, json_object
from resolvers.identity.verifier import Verifier


class MultiIssuerVerifier:
    """Verifies like a ``Verifier``; ``otherwise`` takes the tokens of issuers that are not listed."""

    def __init__(self, verifiers: Mapping[str, Verifier], otherwise: Verifier | None = None) -> None:
        self._verifiers, self._otherwise = dict(verifiers), otherwise
        self._all = (*self._verifiers.values(), *((otherwise,) if otherwise else ()))

    def known(self, token: str) -> Identity | None:
        """Return the identity of a token that was verified a moment ago, without waiting for anything."""
        return next((identity for verifier in self._all if (identity := verifier.known(token))), None)

    async def verify(self, token: str) -> Identity:
        """Return who the token speaks for; ``Unauthorized`` or ``Unavailable`` as its verifier has it."""
        return await self._verifier(token).verify(token)

    def _verifier(self, token: str) -> Verifier:
        # The claim is a rumour here: it picks the verifier, which then demands this very issuer.
        check_shape(token)
        issuer = json_object(decoded(token.split(".")[1])).get("iss")
        verifier = self._verifiers.get(issuer, self._otherwise) if isinstance(issuer, str) else None
        if verifier is None:
            raise Unauthorized(Reason.ISSUER)
        return verifier
