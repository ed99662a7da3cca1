"""Lock files pin every package by content, and say nothing about where one machine fetched it."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON_LOCKS = sorted((ROOT / "deploy" / "locks").glob("*.txt"))
PINNED = re.compile(r"^([a-z0-9._-]+)==(\S+)( ; [^\\]+)? \\$", re.MULTILINE)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock: Path) -> dict[str, str]:
    return {name: version for name, version, _ in PINNED.findall(lock.read_text())}


@pytest.mark.parametrize("lock", PYTHON_LOCKS, ids=lambda lock: lock.stem)
def test_every_python_package_is_pinned_with_a_hash(lock: Path) -> None:
    lines = [line for line in lock.read_text().splitlines() if line and line[0] not in " #"]
    assert len(lines) == len(pins(lock)) > 0
    requirements = re.split(r"\n(?=[a-z0-9])", lock.read_text())
    assert [r for r in requirements if "==" in r and "--hash=sha256:" not in r] == []


@pytest.mark.parametrize("lock", PYTHON_LOCKS, ids=lambda lock: lock.stem)
def test_python_locks_name_neither_host_nor_path(lock: Path) -> None:
    assert re.findall(r"\S*(?:://|file:|--index|--find-links|\s/)\S*", lock.read_text()) == []


def test_npm_packages_are_pinned_with_a_hash_and_without_a_host() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    del packages[""]
    assert [path for path, package in packages.items() if "resolved" in package] == []
    assert [path for path, package in packages.items() if "integrity" not in package] == []


def test_the_development_lock_installs_the_versions_that_are_deployed() -> None:
    runtime, dev = (pins(ROOT / "deploy" / "locks" / f"{name}.txt") for name in ("runtime", "dev"))
    assert {name: dev.get(name) for name in runtime} == runtime


def test_every_declared_package_is_in_its_lock() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    declared = {
        "runtime": project["project"]["dependencies"],
        "dev": project["dependency-groups"]["dev"],
        "node": project["dependency-groups"]["node"],
    }
    missing = {
        lock: [
            name
            for requirement in requirements
            if (name := normal(re.split(r"[\[<>=~! ]", requirement)[0]))
            not in pins(ROOT / "deploy" / "locks" / f"{lock}.txt")
        ]
        for lock, requirements in declared.items()
    }
    assert missing == {"runtime": [], "dev": [], "node": []}


def test_no_npm_package_runs_a_script_when_it_is_installed() -> None:
    settings = (ROOT / ".npmrc").read_text().splitlines()
    assert {"ignore-scripts=true", "omit-lockfile-registry-resolved=true"} <= set(settings)
    assert "scripts" not in json.loads((ROOT / "package.json").read_text())
