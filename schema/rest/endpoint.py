"""The ASGI application of one REST path: it picks the handler by the request's method."""

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from resolvers.errors.request import MethodNotAllowed

Handler = Callable[[Request], Awaitable[Response]]


class RestEndpoint:
    """An ASGI application with a handler for each method; HEAD is GET without the body, OPTIONS lists the methods."""

    def __init__(self, handlers: Mapping[str, Handler]) -> None:
        head = {"HEAD": handlers["GET"]} if "GET" in handlers else {}
        self._handlers = {**handlers, **head, "OPTIONS": self._options}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        handler = self._handlers.get(request.method)
        if handler is None:
            raise MethodNotAllowed(tuple(self._handlers))
        response = await handler(request)
        await response(scope, receive, send)

    async def _options(self, _request: Request) -> Response:
        return Response(status_code=204, headers={"allow": ", ".join(self._handlers)})
