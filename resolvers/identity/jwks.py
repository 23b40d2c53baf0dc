"""The issuer's published keys, kept at hand."""

import asyncio
import logging
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from resolvers.errors.server import Unavailable
from resolvers.identity.download import Download
from resolvers.identity.key_set import keys_in

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RefreshPolicy:
    """Seconds: keys are used for ``fresh`` as they are, until ``stale`` while they are fetched anew behind.

    A look for keys we do not know is made once in ``cooldown``, as is a new try after a failure; without
    any key the new try comes after ``retry``. No fetch takes longer than ``timeout``.
    """

    fresh: float = 5 * 60.0
    stale: float = 12 * 3600.0
    cooldown: float = 30.0
    retry: float = 5.0
    timeout: float = 4.0


STEADY = RefreshPolicy()


class JwksCache:
    """A ``KeySource`` that asks the network rarely, one request at a time, and outlives its outages."""

    def __init__(
        self, address: str, *, pace: RefreshPolicy = STEADY, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._pace, self._clock = pace, clock
        self._download = Download(address, pace.timeout)
        self._keys: Mapping[str, RSAPublicKey] = {}
        self._fetched_at = self._failed_at = self._looked_at = -math.inf
        self._flight: asyncio.Task[None] | None = None

    @property
    def ready(self) -> bool:
        """Whether there are keys to check a token with."""
        return self._since(self._fetched_at) < self._pace.stale

    async def warm(self) -> None:
        """Fetch the keys ahead of the first token; a failure is logged, and made good later."""
        await self._fetched()

    async def aclose(self) -> None:
        if self._flight is not None:
            self._flight.cancel()
            await asyncio.wait([self._flight])
        await self._download.aclose()

    async def key_for(self, kid: str | None) -> RSAPublicKey | None:
        """Return the key of that id, ``None`` if the issuer has none; ``Unavailable`` if that is unknown."""
        if kid is None:
            return None
        if not self.ready:
            await self._first_keys()
        elif kid not in self._keys:
            await self._look_again()
        elif self._since(self._fetched_at) >= self._pace.fresh:
            self._refresh_behind()
        return self._keys.get(kid)

    async def newer_key(self, kid: str | None, refused: RSAPublicKey) -> RSAPublicKey | None:
        """Return another key of the same id, if the issuer has changed it since ``refused`` was fetched."""
        if kid is None:
            return None
        if self._keys.get(kid) == refused:
            await self._look_again()
        key = self._keys.get(kid)
        return None if key == refused else key

    async def _first_keys(self) -> None:
        if self._flying or self._since(self._failed_at) >= self._pace.retry:
            await self._fetched()
        if not self.ready:
            raise Unavailable

    async def _look_again(self) -> None:
        if self._flying:
            await self._fetched()
        elif self._since(max(self._looked_at, self._failed_at)) >= self._pace.cooldown:
            self._looked_at = self._clock()
            await self._fetched()

    def _refresh_behind(self) -> None:
        if self._since(self._failed_at) >= self._pace.cooldown:
            self._take_off()

    async def _fetched(self) -> None:
        # asyncio.wait: a client that goes away must not take the others' fetch with it.
        await asyncio.wait([self._take_off()])

    def _take_off(self) -> asyncio.Task[None]:
        """Return the running fetch, or start one."""
        if self._flight is None or self._flight.done():
            self._flight = asyncio.create_task(self._fetch())
        return self._flight

    async def _fetch(self) -> None:
        try:
            async with asyncio.timeout(self._pace.timeout):
                self._keys = keys_in(await self._download.body())
            self._fetched_at = self._clock()
        except Exception as failure:  # whatever it was, the keys at hand go on
            self._failed_at = self._clock()
            name = type(failure).__name__
            logger.warning("no keys from %s: %s %.200s", self._download.address, name, failure)

    @property
    def _flying(self) -> bool:
        return self._flight is not None and not self._flight.done()

    def _since(self, moment: float) -> float:
        return self._clock() - moment
