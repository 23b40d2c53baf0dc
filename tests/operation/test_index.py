"""The commands that the page at ``/`` shows run as they stand there."""

import json
import re
import shutil
from html import unescape

import pytest

from tests.operation.commands import Commands

BLOCK = re.compile(r"<pre[^>]*>(.*?)</pre>", re.DOTALL)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_each_command_of_the_index_runs(commands: Commands) -> None:
    with commands.serving() as running:
        html = running.request("GET", "/").text
        tokens, requests = (unescape(re.sub(r"<[^>]+>", "", block)) for block in BLOCK.findall(html))
        scripts = [f"{token}\n{request}" for token in tokens.splitlines() for request in requests.split("\n\n")]
        bodies = [json.loads(commands.shell(script))["data"] for script in scripts]

    graphql, rest = bodies[::2], bodies[1::2]
    assert len(graphql) == len(rest) == 3
    assert all(len(data["specialists"]["nodes"]) == 3 for data in graphql)
    assert all("specialties" in specialist for page in rest for specialist in page)
    assert {len(page) for page in rest} == {3}
