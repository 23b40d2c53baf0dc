"""What other origins may do, once they are allowed at all."""

from typing import Any

CORS: dict[str, Any] = {
    "allow_methods": ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"),
    "allow_headers": ("authorization", "content-type", "idempotency-key", "if-match", "if-none-match", "x-request-id"),
    "expose_headers": ("etag", "link", "location", "retry-after", "server-timing", "x-request-id"),
    "max_age": 600,
}
