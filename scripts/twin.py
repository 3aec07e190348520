"""The twin of a published site: a hidden folder beside it that has the same files, each under a second name.

The next site is made of it. What has changed is put into the twin, and then the two folders change places. So a build
after a small change touches a few of a million files, and what is served is still replaced as a whole.

Nothing is ever written into a file of either: a file is put in the place of another, since it may have a name in both.
A twin counts while it has the very list that the site has. This is taken away before anything else is changed, and put
back last. So what a build leaves that is killed is no twin, and is thrown away.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from macros.folders import files_below
from scripts.manifest import NAME, Manifest
from scripts.sealing import Changes


def of(site: Path) -> Path:
    """Where the twin of a site is."""
    return site.with_name(f".{site.name}.twin")


def ready(before: Manifest) -> Manifest:
    """What is known of a site, but of the files as its twin has them. A twin is made if there is none.

    Args: `before`, the site; if nothing is known of it, it gets no twin.
    """
    twin = of(before.site)
    if twin.exists() and not (before.files and _is_twin(twin, before.site)):
        shutil.rmtree(twin)
    if before.files and not twin.exists():
        _make(twin, before.site, before.files)
    return replace(before, site=twin)


def make(site: Path) -> None:
    """Give a site that is published its first twin, for the builds to come."""
    if (site / NAME).is_file():  # or else it is one that somebody works on
        with suppress(OSError):  # the next build will tell, and this one has done what it was asked to
            _make(of(site), site, files_below(site))


def change(site: Path, made: Path, changes: Changes) -> Path:
    """Make the next site of the twin of `site`, with what has changed, which is in the folder `made`.

    Returns: the twin's folder, to be published.
    """
    twin = of(site)
    (twin / NAME).unlink()
    _take_out(twin, changes.gone)
    for path in (*changes.put, NAME):
        to = twin / path
        to.parent.mkdir(parents=True, exist_ok=True)
        (made / path).replace(to)
    return twin


def keep_up(site: Path, before: Manifest, changes: Changes) -> None:
    """Make what was the site until now, and stands where its twin was, the twin of the new one."""
    twin = of(site)
    with suppress(OSError):  # it is no twin then: it has another list than the site, or none
        if _others_wrote_in(twin, before):
            shutil.rmtree(twin)
            return
        (twin / NAME).unlink()
        _take_out(twin, (*changes.gone, *changes.put))
        for path in (*changes.put, NAME):
            _put(f"{site}/{path}", f"{twin}/{path}")


def _is_twin(twin: Path, site: Path) -> bool:
    try:
        one, other = ((folder / NAME).stat() for folder in (twin, site))
    except OSError:
        return False
    return (one.st_size, one.st_mtime_ns) == (other.st_size, other.st_mtime_ns)


def _others_wrote_in(folder: Path, manifest: Manifest) -> bool:
    """Whether anything was put into a folder of a site, or taken from there, since its list got its second name."""
    since = (folder / NAME).stat().st_ctime_ns
    folders: set[str] = set()
    for below in manifest.files.lines:
        path = f"{below}/"
        while (path := path.rpartition("/")[0]) not in folders:  # up to the top, which is empty
            folders.add(path)
    return any(os.stat(f"{folder}/{path}").st_mtime_ns > since for path in folders)  # noqa: PTH116


def _make(twin: Path, site: Path, paths: Iterable[str]) -> None:
    for path in paths:
        with suppress(FileNotFoundError):  # somebody took it away; so it is made anew
            if path != NAME:
                _put(f"{site}/{path}", f"{twin}/{path}")
    _put(f"{site}/{NAME}", f"{twin}/{NAME}")


def _put(path: str, to: str) -> None:
    """Give a file a second name, or copy it where the disk allows one only."""
    try:
        os.link(path, to)
    except OSError:
        if Path(to).parent.is_dir():
            shutil.copy2(path, to)
        else:
            Path(to).parent.mkdir(parents=True)
            _put(path, to)


def _take_out(folder: Path, paths: Iterable[str]) -> None:
    """Remove files, and each folder that has nothing else."""
    for path in paths:
        (folder / path).unlink(missing_ok=True)
        with suppress(OSError):  # something else is there
            os.removedirs((folder / path).parent)
