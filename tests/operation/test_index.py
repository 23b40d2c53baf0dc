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
        graphql_request, rest_request = requests.split("\n\n")
        scripts = [f"{token}\n{graphql_request}\necho\n{rest_request}" for token in tokens.splitlines()]
        bodies = [[json.loads(line)["data"] for line in commands.shell(script).splitlines()] for script in scripts]

    graphql, rest = zip(*bodies, strict=True)
    assert len(graphql) == len(rest) == 3
    assert all(len(data["specialists"]["nodes"]) == 3 for data in graphql)
    assert all("specialties" in specialist for page in rest for specialist in page)
    assert {len(page) for page in rest} == {3}
