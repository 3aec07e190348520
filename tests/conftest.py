"""What the tests share: the miniature collection, copies of the project, the built site, a real browser."""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from macros.collection import Collection, read
from macros.kept import CACHE_VARIABLE

ROOT = Path(__file__).parent.parent
MINIATURE = ROOT / "tests" / "miniature"


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Neither take what other builds of this user have kept, nor leave anything there."""
    os.environ[CACHE_VARIABLE] = str(tmp_path_factory.mktemp("cache"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write the golden files anew instead of comparing")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with a file in tests/golden; with --accept, writes it."""

    def compare(name: str, text: str) -> None:
        path = ROOT / "tests" / "golden" / name
        if request.config.getoption("--accept"):
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"{name} is missing. If the text is right: ./scripts/test --accept"
        assert text == path.read_text(encoding="utf-8"), "If the new text is right: ./scripts/test --accept"

    return compare


@pytest.fixture
def miniature(tmp_path: Path) -> Path:
    """A copy of the miniature collection, to break."""
    return Path(shutil.copytree(MINIATURE, tmp_path / "hub"))


@pytest.fixture(scope="session")
def small() -> Collection:
    """The miniature collection, read."""
    collection, problems = read(MINIATURE)
    assert collection
    assert not problems
    return collection


@pytest.fixture(scope="session")
def real() -> Collection:
    """The hub's own collection, read."""
    collection, problems = read(ROOT)
    assert collection
    assert not problems
    return collection


def hub(
    *arguments: str, root: Path | None = None, where: Path = ROOT, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a command of the hub as a person would: on another collection, in another copy, or with other variables."""
    other = ["--root", str(root)] if root else []
    command = [sys.executable, "-m", "scripts.hub", *other, *arguments]
    environment = os.environ | {"PYTHONUTF8": "1"} | variables
    return subprocess.run(command, cwd=where, env=environment, capture_output=True, text=True, check=False)


def office(*arguments: object, to: Path) -> None:
    """Run LibreOffice on files, with a profile of its own. What it makes goes to the folder `to`."""
    command = [os.environ["LIBREOFFICE_PATH"], f"-env:UserInstallation=file://{to}/profile", "--headless"]
    command += [*map(str, arguments), "--outdir", str(to)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)


def copy_of_project(to: Path) -> Path:
    """The project's own files, as a clone would have them."""
    names = ("case_studies", "docs", "macros", "overrides", "scripts", "mkdocs.yml")
    for name in names:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, to / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, to / name)
    return to


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hub's own site, built."""
    folder = tmp_path_factory.mktemp("built") / "site"
    done = hub("build", "--to", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the built site is served."""
    with serving(site) as url:
        yield url


@contextlib.contextmanager
def serving(folder: Path, headers: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serves a folder on 127.0.0.1 while the block runs, with `headers` on every answer; gives its address."""
    handler = functools.partial(_Quiet, directory=str(folder), headers=headers or {})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def __init__(self, *arguments: Any, headers: Mapping[str, str], **names: Any) -> None:
        self.sent = headers
        super().__init__(*arguments, **names)

    def end_headers(self) -> None:
        for name, value in self.sent.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """A test's own messages are enough."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium, the one that ./scripts/test found or installed."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ["CHROME_PATH"],
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
        )
        yield chromium
        chromium.close()
