"""The code of uvicorn that protocol and server override: it is no interface, and may change in any release."""

from hashlib import sha256
from inspect import getsource

import pytest
from uvicorn import server
from uvicorn.protocols.http import flow_control, httptools_impl

DIGESTS = {
    "HttpToolsProtocol": "18fdf324b11bf160",
    "RequestResponseCycle": "e67d470d435dcc1c",
    "FlowControl": "126debcdaa894c83",
    "Server": "06e799f7c58f8be6",
    "ServerState": "f2260fbf10154746",
}


@pytest.mark.parametrize("name", DIGESTS)
def test_what_is_overridden_is_what_was_read(name: str) -> None:
    """If this fails after an upgrade, compare both versions with our classes, then set the new digest."""
    kind = next(vars(module)[name] for module in (httptools_impl, flow_control, server) if name in vars(module))

    assert sha256(getsource(kind).encode()).hexdigest()[:16] == DIGESTS[name]
