"""Setting up: a clear word on an old Python or with no network, and locks that say what pyproject.toml says."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.conftest import ROOT

SCRIPTS = ROOT / "scripts"
LOCKS = (SCRIPTS / "requirements.txt", SCRIPTS / "requirements-test.txt")


@pytest.mark.parametrize("name", ["environment.py", "programs.py", "serve", "test"])
def test_what_runs_first_can_be_read_by_an_old_python(name: str) -> None:
    ast.parse((SCRIPTS / name).read_text(encoding="utf-8"), feature_version=(3, 5))


def test_an_old_python_is_told_kindly() -> None:
    old = "import sys; sys.version_info = (3, 9, 2); import environment; environment.run('hub', 'check')"
    done = subprocess.run([sys.executable, "-c", old], cwd=SCRIPTS, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("The hub needs Python 3.11 or newer; this is 3.9.\nInstall a newer Python")


def test_no_network_is_told_kindly(tmp_path: Path) -> None:
    for name in ("scripts", "macros"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, tmp_path)
    nowhere = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    nowhere |= {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0"}
    command = [sys.executable, "scripts/check"]
    done = subprocess.run(command, cwd=tmp_path, env=nowhere, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Not everything could be installed; pip says why above.\nIf this machine has no network" in done.stderr
    assert "Traceback" not in done.stderr


def _locked(lock: Path) -> dict[str, str]:
    """The locked version of each package. One that is locked twice, for two Pythons, gives its last."""
    lines = (line.split(" ")[0] for line in lock.read_text().splitlines() if "==" in line and line[0].isalnum())
    return dict(line.split("==") for line in lines)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_is_hash_checked_and_names_no_registry(lock: Path) -> None:
    text = lock.read_text()
    assert "://" not in text
    assert text.count("--hash=sha256:") > len(_locked(lock)) > 20


def test_the_locks_say_what_pyproject_says() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = ((LOCKS[0], project["project"]["dependencies"]), (LOCKS[1], project["dependency-groups"]["test"]))
    for lock, requirements in wanted:
        locked = _locked(lock)
        for requirement in map(Requirement, requirements):
            name = requirement.name.lower()
            assert name in locked, f"{name} is not in {lock.name}. Run ./scripts/lock"
            assert locked[name] in requirement.specifier, f"{name} in {lock.name} is out of step. Run ./scripts/lock"
    assert _locked(LOCKS[0]).items() <= _locked(LOCKS[1]).items(), "the two locks differ. Run ./scripts/lock"


def test_a_dependency_says_why_it_is_there() -> None:
    lines = (
        (ROOT / "pyproject.toml").read_text().split("dependencies = [")[1].split("[project.scripts]")[0].splitlines()
    )
    listed = [line for line in lines if line.startswith('    "') and not line.strip().startswith('"types-')]
    assert len(listed) > 12
    for line in listed:
        assert "#" in line, line
