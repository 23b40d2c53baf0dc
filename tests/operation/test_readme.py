"""The commands of README's "First requests" run as they stand there, and answer as it says."""

import json
import re
import shutil
import sys
from typing import Any

import pytest

from tests.operation.commands import APP, Commands
from tests.rules.sources import ROOT

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CHANGING = re.compile(r"id|\w+_id|\w+_at")  # what differs from one database and one request to the next


def blocks() -> list[tuple[str, str]]:
    """Return the language and the text of each code block of the section."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("## First requests\n")[2].partition("\n## ")[0]
    return BLOCK.findall(section)


def comparable(value: Any) -> Any:
    """Return ``value`` with the type alone in place of ids and times."""
    if isinstance(value, dict):
        return {key: type(item) if CHANGING.fullmatch(key) else comparable(item) for key, item in value.items()}
    return [comparable(item) for item in value] if isinstance(value, list) else value


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_each_request_answers_as_the_readme_says(commands: Commands) -> None:
    scripts = [text for language, text in blocks() if language == "sh"]
    answers = [json.loads(text) for language, text in blocks() if language == "json"]
    with commands.serving() as running:
        prelude = scripts[0].replace(".venv/bin/python app.py", f"{sys.executable} {APP}")
        bodies = []
        for script in scripts[1:]:
            text = prelude + script.replace("localhost:8000", running.address)
            bodies.append(json.loads(commands.shell(text)))

    assert len(answers) >= 3
    assert [comparable(body) for body in bodies] == [comparable(answer) for answer in answers]
