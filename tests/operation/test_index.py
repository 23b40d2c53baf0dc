"""The commands that the page at ``/`` shows run as they stand there."""

import json
import re
import shutil
import sys
from html import unescape

import pytest

from tests.operation.commands import APP, Commands

BLOCK = re.compile(r"<pre[^>]*>(.*?)</pre>", re.DOTALL)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_each_command_of_the_index_runs(commands: Commands) -> None:
    with commands.serving() as running:
        html = running.request("GET", "/").text
        tokens, requests = (unescape(re.sub(r"<[^>]+>", "", block)) for block in BLOCK.findall(html))
        bodies = []
        for token in tokens.splitlines():
            for request in requests.split("\n\n"):
                script = f"{token}\n{request}".replace(".venv/bin/python app.py", f"{sys.executable} {APP}")
                bodies.append(json.loads(commands.shell(script))["data"])

    graphql, rest = bodies[::2], bodies[1::2]
    assert len(graphql) == len(rest) == 3
    assert all(len(data["specialists"]["nodes"]) == 3 for data in graphql)
    assert all(len(page) == 3 and page[0]["specialties"] for page in rest)
