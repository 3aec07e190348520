"""The hidden twin of a site, of which the next one is made: it is right, or it is thrown away."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from scripts import manifest, publishing, sealing, twin
from scripts.manifest import MadeOf, Manifest
from scripts.sealing import Changes

OLD = {"index.html": "old", "same/index.html": "same", "gone/deep/index.html": "gone"}
NEW = {"index.html": "new", "new/index.html": "more", "gone": "a file where a folder was"}
AFTER = {"index.html": "new", "same/index.html": "same", "new/index.html": "more", "gone": "a file where a folder was"}


def write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def texts(folder: Path) -> dict[str, str]:
    """Every file of a site but its list."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != manifest.NAME)
    return {path.relative_to(folder).as_posix(): path.read_text() for path in files}


def folders(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_dir()}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A published site that has a twin."""
    to = tmp_path / "site"
    write(to, OLD)
    sealing.seal(to, manifest.nothing(to), set(), MadeOf({}, "old"), {})
    twin.make(to)
    return to


def made(site: Path, before: Manifest) -> tuple[Path, Changes]:
    """What a build makes: all but what it keeps."""
    folder = site.parent / "made"
    write(folder, NEW)
    return folder, sealing.seal(folder, before, {"same"}, MadeOf({}, "new"), {})


def published(site: Path) -> None:
    """Publish the new files, as a build does."""
    before = twin.ready(manifest.read(site))
    folder, changes = made(site, before)
    publishing.put_in_place(twin.change(site, folder, changes), site, site.parent)
    twin.keep_up(site, before, changes)
    shutil.rmtree(folder)


def test_a_site_becomes_the_next_one_and_its_twin_keeps_up(site: Path) -> None:
    same = (site / "same/index.html").stat().st_ino
    for _ in range(3):
        published(site)
        for folder in (site, twin.of(site)):
            assert texts(folder) == AFTER
            assert folders(folder) == {"same", "new"}
            assert (folder / "same/index.html").stat().st_ino == same
        assert (site / manifest.NAME).samefile(twin.of(site) / manifest.NAME)
        assert manifest.read(site).is_whole(MadeOf({}, "new"))


def test_a_change_tells_what_is_new_and_what_is_gone(site: Path) -> None:
    _, changes = made(site, twin.ready(manifest.read(site)))
    assert changes == Changes(frozenset(NEW), ("gone/deep/index.html",), 3)


@pytest.mark.parametrize("step", ["change", "put_in_place", "keep_up"])
def test_a_twin_that_a_killed_build_left_is_thrown_away(site: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Killed in the middle of each step: a file was put in place, and then nothing more."""

    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    where = {"change": (Path, "replace"), "put_in_place": (publishing, "_exchanged"), "keep_up": (twin, "_put")}
    with monkeypatch.context() as patched:
        patched.setattr(*where[step], killed)
        with pytest.raises(Killed):
            published(site)
    assert texts(site) == (AFTER if step == "keep_up" else OLD)
    assert texts(twin.of(site)) != texts(site)
    assert texts(twin.ready(manifest.read(site)).site) == texts(site)
    shutil.rmtree(site.parent / "made")
    published(site)
    assert texts(site) == texts(twin.of(site)) == AFTER


def test_what_others_put_into_a_site_does_not_come_back(site: Path) -> None:
    (site / "same/mine.html").write_text("mine")
    os.utime(site / "same", ns=(0, manifest.read(site).written + 10**10))  # the clock of a disk goes in steps
    published(site)
    assert texts(site) == AFTER
    assert not twin.of(site).exists()
    published(site)
    assert texts(site) == texts(twin.of(site)) == AFTER


def test_a_file_that_is_not_there_any_more_gives_no_twin_with_a_hole(site: Path) -> None:
    shutil.rmtree(twin.of(site))
    (site / "same/index.html").unlink()
    ready = twin.ready(manifest.read(site))
    assert not ready.still_has("same/index.html")
    assert ready.still_has("index.html")


def test_there_is_no_twin_of_a_site_of_which_nothing_is_known(site: Path) -> None:
    twin.ready(manifest.nothing(site))
    assert not twin.of(site).exists()


def test_where_a_file_can_have_one_name_only_the_twin_has_copies(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError("Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    shutil.rmtree(twin.of(site))
    twin.make(site)
    copy = twin.of(site) / "same/index.html"
    assert not copy.samefile(site / "same/index.html")
    assert copy.stat().st_mtime == (site / "same/index.html").stat().st_mtime
    assert twin.ready(manifest.read(site)).still_has("same/index.html")


def test_where_folders_cannot_change_places_the_twin_is_put_there_in_two_steps(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "_exchanged", lambda *_: False)
    published(site)
    assert texts(site) == texts(twin.of(site)) == AFTER
