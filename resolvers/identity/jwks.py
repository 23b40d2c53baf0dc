"""Fetch and cache the keys that an issuer publishes (its JWKS).

The cache is our own because PyJWT's ``PyJWKClient`` blocks the event loop while it fetches, reads a body of any
size, and serves no key once a refresh fails.
"""

import asyncio
import logging
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import httpx2
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from resolvers.errors.request import Unavailable
from resolvers.identity.issuer import check_address
from resolvers.identity.keys import parse_jwks

MAX_BODY = 128 * 1024

# Not compressed: a few bytes could unfold into gigabytes before they are counted.
HEADERS = {"accept": "application/json", "accept-encoding": "identity"}

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RefreshPolicy:
    """When keys are fetched, in seconds.

    Keys younger than ``fresh`` are used as they are. Keys younger than ``stale`` are used while they are fetched
    again in the background. A key id that is not in the cache causes a fetch at most once per ``cooldown``; so
    does a failed fetch, but while there is no key at all the next attempt follows after ``retry``. A fetch is
    given up after ``timeout``.
    """

    fresh: float = 5 * 60.0
    stale: float = 12 * 3600.0
    cooldown: float = 30.0
    retry: float = 5.0
    timeout: float = 4.0


DEFAULT_POLICY = RefreshPolicy()


class JwksCache:
    """A ``KeySource`` that fetches rarely, one request at a time, and serves on while the issuer is down."""

    def __init__(
        self,
        address: str,
        *,
        policy: RefreshPolicy = DEFAULT_POLICY,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._policy, self._clock = policy, clock
        self._client = JwksClient(address, policy.timeout)
        self._keys: Mapping[str, RSAPublicKey] = {}
        self._fetched_at = self._failed_at = self._refetched_at = -math.inf
        self._fetch_task: asyncio.Task[None] | None = None

    @property
    def ready(self) -> bool:
        """Whether there are keys to verify a token with."""
        return self._seconds_since(self._fetched_at) < self._policy.stale

    async def warm(self) -> None:
        """Fetch the keys ahead of the first token; a failure is logged, and the first token tries again."""
        await self._join_fetch()

    async def aclose(self) -> None:
        """Cancel a running fetch and close the connections."""
        if self._fetch_task is not None:
            self._fetch_task.cancel()
            await asyncio.wait([self._fetch_task])
        await self._client.aclose()

    async def key_for(self, kid: str | None) -> RSAPublicKey | None:
        """Return the key of that id, ``None`` if the issuer has none; ``Unavailable`` if that is unknown."""
        if kid is None:
            return None
        if not self.ready:
            await self._fetch_first_keys()
        elif kid not in self._keys:
            await self._refetch()
        elif self._seconds_since(self._fetched_at) >= self._policy.fresh:
            self._refresh_in_background()
        return self._keys.get(kid)

    async def newer_key(self, kid: str | None, old_key: RSAPublicKey) -> RSAPublicKey | None:
        """Return another key of the same id, if the issuer has changed it since ``old_key`` was fetched."""
        if kid is None:
            return None
        if self._keys.get(kid) == old_key:
            await self._refetch()
        key = self._keys.get(kid)
        return None if key == old_key else key

    async def _fetch_first_keys(self) -> None:
        if self._is_fetching or self._seconds_since(self._failed_at) >= self._policy.retry:
            await self._join_fetch()
        if not self.ready:
            raise Unavailable

    async def _refetch(self) -> None:
        """Fetch before the keys are due, unless that was done, or failed, within the cooldown."""
        if self._is_fetching:
            await self._join_fetch()
        elif self._seconds_since(max(self._refetched_at, self._failed_at)) >= self._policy.cooldown:
            self._refetched_at = self._clock()
            await self._join_fetch()

    def _refresh_in_background(self) -> None:
        if self._seconds_since(self._failed_at) >= self._policy.cooldown:
            self._start_fetch()

    async def _join_fetch(self) -> None:
        # asyncio.wait: a client that goes away must not cancel the fetch that others wait for.
        await asyncio.wait([self._start_fetch()])

    def _start_fetch(self) -> asyncio.Task[None]:
        """Return the running fetch, or start one."""
        if self._fetch_task is None or self._fetch_task.done():
            self._fetch_task = asyncio.create_task(self._fetch())
        return self._fetch_task

    async def _fetch(self) -> None:
        try:
            async with asyncio.timeout(self._policy.timeout):
                self._keys = parse_jwks(await self._client.download())
            self._fetched_at = self._clock()
        except Exception as error:  # whatever it is, the cached keys stay in use
            self._failed_at = self._clock()
            logger.warning("no keys from %s: %s %.200s", self._client.address, type(error).__name__, error)

    @property
    def _is_fetching(self) -> bool:
        return self._fetch_task is not None and not self._fetch_task.done()

    def _seconds_since(self, moment: float) -> float:
        return self._clock() - moment


class JwksClient:
    """An HTTP client for one address that may be down, slow or hostile: bounded, and it follows no redirect."""

    def __init__(self, address: str, timeout: float) -> None:
        self.address = check_address(address)
        # From the environment come a proxy, which is for the world outside and not for this machine, and
        # SSL_CERT_FILE, in place of the machine's own CA certificates.
        trust_env = address.startswith("https:")
        self._http = httpx2.AsyncClient(timeout=timeout, headers=HEADERS, trust_env=trust_env)

    async def download(self) -> bytes:
        """Return the response's body; ``ValueError`` if it is no 200 or too large, or what httpx2 raises."""
        async with self._http.stream("GET", self.address) as response:
            if response.status_code != httpx2.codes.OK:
                raise ValueError(f"the answer was {response.status_code}")
            return await _read_body(response)

    async def aclose(self) -> None:
        await self._http.aclose()


async def _read_body(response: httpx2.Response) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > MAX_BODY:
            raise ValueError("the answer is too large")
    return bytes(body)
