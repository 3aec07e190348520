"""Puts a built site in the place of the one before, in one step. Whatever stops a build, what was there stays whole."""

from __future__ import annotations

import contextlib
import ctypes
import glob
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

_PREFIX, _LETTERS = ".building-", 8
_LONGEST_WAIT = 1800
"""Seconds to wait for another build."""
_AT_CWD, _EXCHANGE = -100, 2
"""Of Linux: paths start where the process is; the two paths change places. See man 2 renameat2."""


class Busy(Exception):
    """Another build has been writing to the same place for too long."""


@contextlib.contextmanager
def beside(to: Path) -> Iterator[Path]:
    """A folder beside a site to build in, for one build at a time: another one says that it waits, and waits.

    What a build left that was stopped is removed first; if it was stopped between taking the old site away and putting
    the new one in place, the old site is put back.
    Raises: `Busy` after half an hour; `OSError` if nothing can be written there.
    """
    to.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(to.parent / f".{to.name}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        print(f"Another build writes {to}. Waiting for it to end ...", file=sys.stderr, flush=True)
        try:
            lock.acquire(timeout=_LONGEST_WAIT)
        except Timeout:
            raise Busy(f"Another build is still writing {to}. Look whether it hangs, and stop it.") from None
    try:
        _tidy(to)
        with tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{to.name}-", dir=to.parent) as folder:
            yield Path(folder)
    finally:
        lock.release()


def _tidy(to: Path) -> None:
    # Just as `tempfile` names them: another build may be writing to `site-two` beside `site`.
    for left in to.parent.glob(f"{_PREFIX}{glob.escape(to.name)}-{'?' * _LETTERS}"):
        if not to.exists() and _old(left).exists():
            _old(left).rename(to)
        shutil.rmtree(left, ignore_errors=True)


def put_in_place(fresh: Path, to: Path, folder: Path) -> None:
    """Publish: the folder `fresh` becomes `to`. What was there, if anything, is then where `fresh` was.

    Args: `folder`, that of `beside`, where what was there is meanwhile if the two cannot change places in one step.
    """
    if hasattr(os, "sync"):
        os.sync()  # the disk holds every page before anything points at it, so that a power cut loses none
    fresh.chmod(0o755)
    if not to.exists():
        fresh.rename(to)
    elif not _exchanged(fresh, to):
        to.rename(_old(folder))
        fresh.rename(to)
        _old(folder).rename(fresh)


def _old(folder: Path) -> Path:
    return folder / "old"


def _exchanged(fresh: Path, to: Path) -> bool:
    """Let two folders change places in one step, where the system and the disk can."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:  # an old C library
        return False
    done: int = rename(_AT_CWD, os.fsencode(fresh), _AT_CWD, os.fsencode(to), _EXCHANGE)
    return done == 0
