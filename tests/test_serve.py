"""`hub serve`, the real server: a saved change shows, a broken one changes nothing."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.collection import read
from tests.conftest import ROOT, copy_of_project, hub

PATIENCE = 60  # seconds; a slow machine may take long, a right answer ends the wait at once


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def fetch(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310  (an address of this machine)
        text: str = answer.read().decode()
        return text


def wait_for(address: str, words: str) -> None:
    """Wait until a page holds the words."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if words in fetch(address):
            return
        time.sleep(0.2)
    pytest.fail(f"{words!r} did not appear at {address}")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str, subprocess.Popen[str]]]:
    """A copy of the project, served: its folder, its address, the process."""
    root = copy_of_project(tmp_path / "hub")
    port = free_port()
    command = [sys.executable, "-m", "scripts.hub", "--root", str(root), "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    said = process.stdout.readline()
    assert said == f"The hub is at http://127.0.0.1:{port}/  Stop it with Ctrl+C.\n"
    yield root, f"http://127.0.0.1:{port}/", process
    process.terminate()
    process.communicate()


def test_changes_show_and_a_broken_one_changes_nothing(served: tuple[Path, str, subprocess.Popen[str]]) -> None:
    root, address, process = served
    page = address + "case-studies/catch-all-group/"
    case = root / "case_studies" / "catch-all-group.yml"
    sound = case.read_text(encoding="utf-8")

    case.write_text(sound.replace("title: ", "title: Newly ", 1), encoding="utf-8")
    wait_for(page, "Newly ")

    case.write_text(sound.replace("kind: standing-group", "kind: nothing"), encoding="utf-8")
    assert process.stderr
    said = process.stderr.readline()
    assert "kind: " in said
    assert "Newly " in fetch(page)

    lines: list[int] = []
    for above in ("", "# A line.\n" * 3):
        case.write_text(above + sound.replace("  analysis: not reported\n", ""), encoding="utf-8")
        while not (told := re.search(r":(\d+): stages: does not say anything of the stage \"analysis\"", said)):
            said = process.stderr.readline()
        lines.append(int(told[1]))
        said = ""
    assert lines[1] == lines[0] + 3

    case.write_text(sound.replace("title: ", "title: Mended ", 1), encoding="utf-8")
    wait_for(page, "Mended ")

    partial = root / "macros" / "partials" / "case_study.html.jinja"
    partial.write_text(
        partial.read_text().replace("The source tells of", "How it went, by the source:"), encoding="utf-8"
    )
    wait_for(page, "How it went")

    written = root / "docs" / "search.md"
    written.write_text(written.read_text().replace("# Search", "# Truly search"), encoding="utf-8")
    wait_for(address + "search/", "Truly search")

    code = root / "macros" / "views" / "lessons.py"
    code.write_text(code.read_text().replace('"What happened"', '"What came about"'), encoding="utf-8")
    wait_for(address + "lessons/", "What came about")


def test_a_changed_case_study_shows_at_once_as_it_will_be_when_all_is_built(
    served: tuple[Path, str, subprocess.Popen[str]],
) -> None:
    root, address, process = served
    case = root / "case_studies" / "catch-all-group.yml"
    case.write_text(case.read_text(encoding="utf-8").replace("title: ", "title: Newly ", 1), encoding="utf-8")
    assert process.stdout
    assert process.stdout.readline() == "Shown on its own pages. The others follow.\n"
    own = pages_of("catch-all-group", root)
    at_once = {path: without_reload(fetch(address + path)) for path in own}
    assert "Newly " in at_once["case-studies/catch-all-group/"]
    assert "Newly " not in fetch(address + "case-studies/")
    assert process.stdout.readline() == "Built again.\n"
    assert {path: without_reload(fetch(address + path)) for path in own} == at_once
    assert "Newly " in fetch(address + "case-studies/")


def test_a_sound_case_study_that_is_saved_with_a_broken_one_shows(
    served: tuple[Path, str, subprocess.Popen[str]],
) -> None:
    root, address, process = served
    sound, broken = (root / "case_studies" / f"{slug}.yml" for slug in ("catch-all-group", "minds"))
    texts = [path.read_text(encoding="utf-8") for path in (sound, broken)]
    sound.write_text(texts[0].replace("title: ", "title: Newly ", 1), encoding="utf-8")
    broken.write_text(texts[1].replace("kind: ", "kind: no-", 1), encoding="utf-8")
    assert process.stderr
    while "Not built" not in (said := process.stderr.readline()):
        assert said, "the server ended"
    assert said == "Not built. The other changed case studies show on their own pages.\n"
    assert "Newly " in fetch(address + "case-studies/catch-all-group/")


def without_reload(text: str) -> str:
    """A page without what tells its browser which build it shows."""
    return re.sub(r"livereload\(\d+, \d+\)", "", text)


def pages_of(slug: str, root: Path) -> list[str]:
    """A case study's own page, and those of its lessons."""
    collection, _ = read(root)
    assert collection
    lessons = [f"lessons/{slug}/{lesson.id}/" for lesson in collection.cases[slug].lessons]
    return [f"case-studies/{slug}/", *lessons]


def test_a_port_in_use_is_told_with_what_to_do() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = hub("serve", "--port", str(port))
    assert done.returncode == 1
    assert done.stderr == f"Port {port} is in use. Stop the other program, or: ./scripts/serve --port {port + 1}\n"


def test_a_collection_with_problems_is_not_served(miniature: Path) -> None:
    (miniature / "case_studies" / "garden.yml").write_text("title: x\n")
    for name in ("mkdocs.yml", "overrides", "scripts", "macros"):
        (miniature / name).symlink_to(ROOT / name)
    done = hub("serve", "--port", str(free_port()), root=miniature)
    assert done.returncode == 1
    assert "case_studies/garden.yml:1: summary: is missing." in done.stderr
