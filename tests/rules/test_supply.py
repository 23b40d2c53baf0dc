"""What is installed is pinned by hash, and no file says where it comes from."""

import json
import re
import tomllib

import pytest

from tests.rules.sources import ROOT, files

SERVER, DEVELOPMENT = LOCKS = ("requirements.txt", "requirements-development.txt")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
PINNED = re.compile(r"([A-Za-z0-9._-]+)(?:\[[\w,-]+\])?==([^\s;\\]+)")
# In pieces, for this file is looked at, too.
REGISTRIES = tuple(
    ".".join(pieces)
    for pieces in (
        ("pypi", "org"),
        ("pypi", "python", "org"),
        ("files", "python" + "hosted", "org"),
        ("anaconda", "org"),
        ("registry", "npmjs", "org"),
        ("npmjs", "com"),
        ("registry", "yarnpkg", "com"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
        ("rubygems", "org"),
        ("docker", "io"),
        ("ghcr", "io"),
        ("quay", "io"),
        ("deb", "debian", "org"),
        ("jsr", "io"),
    )
)


def lock(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def requirements(name: str) -> list[str]:
    """Return each requirement with its hashes, on one line."""
    plain = "\n".join(line for line in lock(name).splitlines() if not line.strip().startswith("#"))
    return [line.strip() for line in plain.replace("\\\n", " ").splitlines() if line.strip()]


def versions(requirements: list[str]) -> dict[str, str]:
    return {match[1].lower(): match[2] for match in map(PINNED.match, requirements) if match}


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_one_version_with_its_hashes(name: str) -> None:
    assert [line for line in requirements(name) if not PINNED.match(line) or not HASH.search(line)] == []
    assert len(requirements(name)) >= 30


@pytest.mark.parametrize("name", LOCKS)
def test_the_requirements_name_no_index_and_no_host(name: str) -> None:
    assert re.findall(r"://|^\s*-(?!-hash)|--(?!hash)[a-z-]+|\s@\s", lock(name), re.MULTILINE) == []


def test_all_that_the_project_names_is_locked_in_that_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    dependencies, tools = project["dependencies"], project["optional-dependencies"]["development"]

    assert len(versions(dependencies) | versions(tools)) == len(dependencies) + len(tools)
    assert versions(dependencies).items() <= versions(requirements(SERVER)).items()
    assert versions(tools).items() <= versions(requirements(DEVELOPMENT)).items()


def test_a_server_and_its_tests_run_on_the_same_versions() -> None:
    assert versions(requirements(SERVER)).items() <= versions(requirements(DEVELOPMENT)).items()


def test_every_npm_package_is_one_version_locked_with_its_hash_and_without_its_address() -> None:
    folders = [path.parent for path in files() if path.name == "package.json"]
    for folder in folders:
        package, lock = (json.loads((folder / name).read_text()) for name in ("package.json", "package-lock.json"))
        named = package.get("dependencies", {}) | package.get("devDependencies", {})
        locked = {path.removeprefix("node_modules/"): entry for path, entry in lock["packages"].items() if path}
        assert {name: locked[name]["version"] for name in named} == named
        assert all(entry["integrity"].startswith("sha512-") and "resolved" not in entry for entry in locked.values())
    assert folders


def test_no_file_names_a_registry() -> None:
    known = re.compile("|".join(re.escape(each) for each in REGISTRIES))
    texts = ((path, path.read_bytes().decode("utf-8", "replace")) for path in files())

    assert [f"{path.relative_to(ROOT)}: {found[0]}" for path, text in texts if (found := known.search(text))] == []
