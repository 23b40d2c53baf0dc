"""A small document from an address that may be down, slow or hostile."""

import httpx

from resolvers.identity.issuer import checked_address

MAX_BODY = 128 * 1024

# Not compressed: a few bytes could unfold into gigabytes before they are counted.
HEADERS = {"accept": "application/json", "accept-encoding": "identity"}


class Download:
    """One client for one address; it follows no redirect."""

    def __init__(self, address: str, timeout: float) -> None:
        self.address = checked_address(address)
        # A proxy from the environment is for the world outside, not for this machine.
        outside = address.startswith("https:")
        self._client = httpx.AsyncClient(timeout=timeout, headers=HEADERS, trust_env=outside)

    async def body(self) -> bytes:
        """Return the answer's body; ``ValueError`` if it is no 200 or too large, or what httpx raises."""
        async with self._client.stream("GET", self.address) as answer:
            if answer.status_code != httpx.codes.OK:
                raise ValueError(f"the answer was {answer.status_code}")
            return await _bounded(answer)

    async def aclose(self) -> None:
        await self._client.aclose()


async def _bounded(answer: httpx.Response) -> bytes:
    body = bytearray()
    async for chunk in answer.aiter_raw():
        body += chunk
        if len(body) > MAX_BODY:
            raise ValueError("the answer is too large")
    return bytes(body)
