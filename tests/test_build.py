"""Building: the same bytes every time, and a broken record that changes nothing."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import copy_of_project, hub

OLD = {"404.html", "robots.txt"}  # by these a folder is known as a site that was built before


def digest(folder: Path) -> dict[str, str]:
    """The hash of every file of a folder, by path."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_two_builds_are_the_same_to_the_byte(site: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / "site"
    anew = str(tmp_path / "cache")  # or it would take over what the first build made
    done = hub(
        "build", "--to", str(other), HUB_CACHE=anew, TZ="Pacific/Auckland", PYTHONHASHSEED="4711", LC_ALL="C", LANG="C"
    )
    assert done.returncode == 0, done.stderr
    assert digest(other) == digest(site)


def test_a_broken_record_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    root = copy_of_project(tmp_path / "hub")
    out = root / "site"
    out.mkdir()
    for name in OLD:
        (out / name).write_text("the old site")
    (root / "case_studies" / "broken.yml").write_text("title: Broken\n")
    done = hub("build", "--to", str(out), root=root)
    assert done.returncode == 1
    assert "case_studies/broken.yml:1: summary: is missing." in done.stderr
    assert "Traceback" not in done.stderr
    assert digest(out).keys() == OLD
    assert [path.name for path in root.glob(".building-*")] == []


def test_a_page_that_does_not_build_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    root = copy_of_project(tmp_path / "hub")
    out = root / "site"
    out.mkdir()
    for name in OLD:
        (out / name).write_text("the old site")
    page = root / "docs" / "search.md"
    page.write_text(page.read_text() + "\n[nowhere](no-such-page.md)\n")
    done = hub("build", "--to", str(out), root=root)
    assert done.returncode == 1
    assert "no-such-page.md" in done.stderr
    assert digest(out).keys() == OLD


def test_the_site_is_replaced_as_a_whole(tmp_path: Path) -> None:
    root = copy_of_project(tmp_path / "hub")
    out = root / "site"
    out.mkdir()
    for name in (*OLD, "gone.html"):
        (out / name).write_text("the old site")
    assert hub("build", "--to", str(out), root=root).returncode == 0
    assert not (out / "gone.html").exists()
    assert (out / "index.html").exists()


def test_a_new_file_is_a_new_page(tmp_path: Path) -> None:
    root = copy_of_project(tmp_path / "hub")
    text = (root / "case_studies" / "catch-all-group.yml").read_text()
    for old, new in (
        ("lesson: ", "lesson: Again, "),
        ("title: ", "title: Again, "),
        ("short_title: Again, ", "short_title: "),
    ):
        text = text.replace(old, new)
    shutil.copy(root / "case_studies" / "catch-all-group.yml", root / "case_studies" / "again.yml")
    (root / "case_studies" / "again.yml").write_text(text)
    done = hub("build", "--to", str(root / "site"), root=root)
    assert done.returncode == 0, done.stderr
    assert (root / "site" / "case-studies" / "again" / "index.html").exists()


def test_a_folder_that_is_no_site_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "mine.txt").write_text("not to be lost")
    done = hub("build", "--to", str(tmp_path / "letters"))
    assert done.returncode == 1
    assert done.stderr.endswith("holds other things than a built site. Name another folder, or empty it.\n")
    assert (tmp_path / "letters" / "mine.txt").read_text() == "not to be lost"


def test_a_macro_that_fails_fails_the_build_in_words(tmp_path: Path) -> None:
    root = copy_of_project(tmp_path / "hub")
    code = root / "macros" / "pages.py"  # no call that the check lets through fails, so the macro itself is broken
    said = '"""All pages from A to Z. In docs/search.md."""'
    assert said in code.read_text(encoding="utf-8")
    broken = code.read_text(encoding="utf-8").replace(said, f'{said}\n    raise LookupError("no such letter")')
    code.write_text(broken, encoding="utf-8")
    command = [sys.executable, "-m", "scripts.hub", "build", "--to", str(root / "site")]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "no such letter" in done.stderr
    assert not (root / "site").exists()
