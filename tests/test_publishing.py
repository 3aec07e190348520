"""Whatever happens to a build, the site that was published stays whole, and the next build sets things right."""

from __future__ import annotations

import ctypes
import gzip
import hashlib
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest

from scripts import manifest, publishing, sealing
from tests.conftest import ROOT, copy_of_project, hub
from tests.test_build import digest

CASE = "case_studies/catch-all-group.yml"
linux = pytest.mark.skipif(sys.platform != "linux", reason="stops processes in the way of Linux")


@pytest.fixture(scope="module")
def published(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a built site, and then a change that is not built yet."""
    root = copy_of_project(tmp_path_factory.mktemp("published") / "hub")
    shutil.copytree(site, root / "site")
    change(root, "Newly ")
    return root


def test_only_what_a_build_of_the_same_site_left_is_removed(tmp_path: Path) -> None:
    """A build into `site` may run beside one into `site-two`."""
    left, other = tmp_path / ".building-site-abcd_123", tmp_path / ".building-site-two-abcd_123"
    left.mkdir()
    other.mkdir()
    with publishing.beside(tmp_path / "site") as folder:
        assert re.fullmatch(r"\.building-site-.{8}", folder.name), "as the rule for leftovers takes it"
    assert not left.exists()
    assert other.exists()


def change(root: Path, word: str) -> None:
    """Put a word before the title of a case study, in place of another such word."""
    path = root / CASE
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if line.startswith("title: "))
    lines[at] = f"title: {word}{lines[at].removeprefix('title: ').removeprefix('Newly ').removeprefix('Again ')}"
    path.write_text("".join(lines), encoding="utf-8")


def started(root: Path, **more: object) -> subprocess.Popen[str]:
    """A build of a project, as a person would start it, in a group of processes of its own."""
    command = [sys.executable, "-m", "scripts.hub", "--root", str(root), "build"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "start_new_session": True}
    return subprocess.Popen(command, cwd=ROOT, **(pipes | more))  # type: ignore[call-overload,no-any-return]


def left_over(root: Path) -> list[str]:
    return [path.name for path in root.glob(".building-*")]


@linux
def test_a_build_that_is_killed_at_any_moment_leaves_the_old_site_or_the_new(published: Path, tmp_path: Path) -> None:
    old = digest(published / "site")
    begun = time.monotonic()
    assert hub("build", "--to", str(tmp_path / "new"), root=published).returncode == 0
    lasts = time.monotonic() - begun
    new = digest(tmp_path / "new")
    assert old != new
    chance = random.Random(9)  # noqa: S311  (the same moments every time)
    for moment in [chance.uniform(0, 1.1 * lasts) for _ in range(20)]:
        process = started(published)
        time.sleep(moment)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        assert digest(published / "site") in (old, new), f"after {moment:.1f} s"
    done = hub("build", root=published)
    assert done.returncode == 0, done.stderr
    assert digest(published / "site") == new
    assert left_over(published) == []


def limit_of(size: int) -> Callable[[], None]:
    """What lets a process write no file larger than that: the disk then fails it in the middle of a file."""

    def set_limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return set_limit


@linux
@pytest.mark.parametrize("kilobytes", [1, 20, 100, 400])
def test_a_disk_that_takes_no_more_is_told_and_changes_nothing(site: Path, tmp_path: Path, kilobytes: int) -> None:
    root = copy_of_project(tmp_path / "hub")
    shutil.copytree(site, root / "site")
    before = digest(root / "site")
    change(root, "Again ")
    process = started(root, preexec_fn=limit_of(kilobytes * 1024))
    _, said = process.communicate()
    assert process.returncode == 1
    assert "cannot be read or written: File too large." in said
    assert "Traceback" not in said
    assert digest(root / "site") == before
    assert left_over(root) == []


@linux
def test_a_full_disk_is_told_and_changes_nothing(tmp_path: Path) -> None:
    """On a small disk in memory, where this machine lets a process have one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    build = f"{sys.executable} -m scripts.hub build --to {disk}/site"
    script = f"mount -t tmpfs -o size=6m none {disk} && mkdir {disk}/site && {build}; code=$?; ls -A {disk}; exit $code"
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if "mount" in done.stderr or "unshare" in done.stderr:
        pytest.skip(f"no disk in memory here: {done.stderr.strip()}")
    assert done.returncode == 1
    assert "cannot be read or written: No space left on device." in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout.split() == [".site.lock", "site"]


def may_write_as_anyone_may() -> None:
    """Take from a process of root what lets it write where nobody may: CAP_DAC_OVERRIDE. See man 2 prctl."""
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)


@linux
def test_a_folder_that_nobody_may_write_is_told(site: Path, tmp_path: Path) -> None:
    root = copy_of_project(tmp_path / "hub")
    shutil.copytree(site, root / "site")
    before = digest(root / "site")
    change(root, "Again ")
    root.chmod(0o555)
    try:
        process = started(root, preexec_fn=may_write_as_anyone_may)
        _, said = process.communicate()
    finally:
        root.chmod(0o755)
    assert process.returncode == 1
    assert "cannot be read or written: Permission denied." in said
    assert digest(root / "site") == before


def test_files_that_change_meanwhile_make_no_mixed_site(site: Path, tmp_path: Path) -> None:
    root = copy_of_project(tmp_path / "hub")
    shutil.copytree(site, root / "site")
    change(root, "Newly ")
    process = started(root)
    time.sleep(2)
    change(root, "Again ")
    _, said = process.communicate()
    assert process.returncode == 0, said
    for path in ("case-studies/catch-all-group/index.html", "search/index.json", "data/v1/case-studies.json"):
        assert "Newly " not in (root / "site" / path).read_text(), path
    assert hub("build", "--to", str(tmp_path / "other"), root=root).returncode == 0
    assert digest(root / "site") == digest(tmp_path / "other")


def test_of_two_builds_at_once_the_second_waits(site: Path, tmp_path: Path) -> None:
    root = copy_of_project(tmp_path / "hub")
    shutil.copytree(site, root / "site")
    change(root, "Again ")
    first, second = started(root), started(root)
    said = [process.communicate() for process in (first, second)]
    assert first.returncode == second.returncode == 0, said
    assert sorted(out.split()[0] for out, _ in said) == ["Built", "Nothing"]
    assert f"Another build writes {root / 'site'}. Waiting for it to end ..." in "".join(error for _, error in said)
    assert left_over(root) == []


def test_nothing_is_built_twice_unless_asked(site: Path, tmp_path: Path) -> None:
    done = hub("build", "--to", str(site))
    assert done.stdout == f"Nothing has changed since {site} was built.\n"
    copy = shutil.copytree(site, tmp_path / "site")
    (copy / "index.html").unlink()
    done = hub("build", "--to", str(copy))
    assert done.stdout.startswith("Built ")
    assert digest(copy) == digest(site)


@pytest.mark.parametrize("year", [1970, 2099])
def test_a_wrong_clock_changes_no_byte(site: Path, tmp_path: Path, year: int) -> None:
    """The clock of the process, by a module that Python loads at its start."""
    seconds = 86400 if year == 1970 else 4_080_000_000
    (tmp_path / "sitecustomize.py").write_text(
        "import time, datetime\n"
        f"time.time = lambda: {seconds}.5\n"
        f"time.localtime = (lambda real: lambda at=None: real({seconds} if at is None else at))(time.localtime)\n"
        f"time.gmtime = (lambda real: lambda at=None: real({seconds} if at is None else at))(time.gmtime)\n"
    )
    out = tmp_path / "site"
    made = hub("build", "--to", str(out), PYTHONPATH=str(tmp_path), TZ="Asia/Kathmandu", LC_ALL="tr_TR.UTF-8")
    assert made.returncode == 0, made.stderr
    assert digest(out) == digest(site)


def test_the_list_names_every_file_with_its_hash(site: Path) -> None:
    listed = json.loads((site / "manifest.json").read_text())["files"]
    there = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    del there["manifest.json"]
    assert {path: file["sha256"] for path, file in listed.items()} == {
        path: hashlib.sha256(data).hexdigest() for path, data in there.items()
    }
    assert all(listed[path]["bytes"] == len(data) for path, data in there.items())


def test_compressed_files_hold_the_same(site: Path) -> None:
    packed = [path for path in site.rglob("*") if path.suffix in (".br", ".gz") and path.name != "sitemap.xml.gz"]
    assert len(packed) > 500
    for path in packed:
        unpack = brotli.decompress if path.suffix == ".br" else gzip.decompress
        assert unpack(path.read_bytes()) == path.with_suffix("").read_bytes(), path
    pages = list(site.rglob("*.html"))
    assert all(path.with_name(path.name + ending).is_file() for path in pages for ending in (".br", ".gz"))


def test_a_large_file_has_a_gzip_form_alone(tmp_path: Path) -> None:
    text = "".join(f"Line {number} of many.\n" for number in range(60_000)).encode()
    (tmp_path / "large.json").write_bytes(text)
    made_of = manifest.MadeOf({}, "")
    sealing.seal(tmp_path, manifest.nothing(tmp_path), set(), made_of, {})
    assert gzip.decompress((tmp_path / "large.json.gz").read_bytes()) == text
    assert not (tmp_path / "large.json.br").exists()
    listed = manifest.read(tmp_path)
    assert listed.files["large.json"] == manifest.listed(text)
    assert listed.is_whole(made_of)


def test_what_is_the_same_keeps_its_date_and_a_spoilt_file_is_made_anew(site: Path, tmp_path: Path) -> None:
    root = copy_of_project(tmp_path / "hub")
    shutil.copytree(site, root / "site")
    same, changed = (root / "site" / path for path in ("privacy/index.html", "case-studies/catch-all-group/index.html"))
    for path in (same, changed):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    spoilt = same.with_name("index.html.br")
    spoilt.write_bytes(bytes(len(spoilt.read_bytes())))
    change(root, "Newly ")
    done = hub("build", root=root)
    assert done.returncode == 0, done.stderr
    assert same.stat().st_mtime == 1_600_000_000
    assert changed.stat().st_mtime > 1_600_000_000
    assert brotli.decompress(spoilt.read_bytes()) == same.read_bytes()
    assert spoilt.stat().st_mtime == 1_600_000_000
