"""A request as every client of the benchmark sends it, and as the floor understands it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from tests.bench.organizations import Organization

NUMBER = "#########"  # becomes a number that never repeats, just as long


@dataclass(frozen=True, slots=True)
class BenchRequest:
    """A request of ``organization``; ``values`` are its variables, or the parameters of its address."""

    organization: Organization
    operation: str
    values: Mapping[str, Any] = field(default_factory=dict)
    document: str | None = None

    @property
    def method(self) -> str:
        return "POST" if self.document else "GET"

    @property
    def path(self) -> str:
        return "/graphql" if self.document else f"/v1/specialists?{urlencode(self.values)}"

    @property
    def body(self) -> str:
        if not self.document:
            return ""
        body = {"query": self.document, "operationName": self.operation, "variables": self.values}
        return json.dumps(body)

    @property
    def headers(self) -> dict[str, str]:
        """``x-organization`` is for the floor alone, which believes it."""
        headers = {"authorization": f"Bearer {self.organization.token}", "x-organization": str(self.organization.id)}
        return headers | ({"content-type": "application/json"} if self.document else {})

    def numbered(self, number: int) -> "BenchRequest":
        """The same with ``number`` in the place of its mark."""
        values = json.loads(json.dumps(self.values).replace(NUMBER, f"{number:0{len(NUMBER)}d}"))
        return BenchRequest(self.organization, self.operation, values, self.document)

    def raw(self) -> str:
        """The bytes of HTTP, ASCII all of them."""
        body = self.body
        headers = {"host": "bench", **self.headers, "content-length": str(len(body))}
        lines = [f"{self.method} {self.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join(lines) + f"\r\n\r\n{body}"
