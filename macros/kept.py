"""Keeps what takes long to make in the user's cache, by what it was made of. The folder can be deleted at any time."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

CACHE_VARIABLE = "HUB_CACHE"
"""Names another folder for what is kept."""

_OF_EACH = "of-each"
"""The folder, in that one, of what `kept_of_each` keeps."""

LIBRARIES = ("pydantic", "pyyaml", "markdown-it-py", "jinja2", "lunr", "markdown")
"""Whose version shows in what is made of records."""


def kept(made_of: str, make: Callable[[], bytes]) -> bytes:
    """What was made before of the same, or else what is made now.

    Args: `made_of`, everything that the result depends on; `make`, makes it.
    """
    path = _cache() / _hash(made_of)
    try:
        return path.read_bytes()
    except OSError:
        data = make()
    with _replaced(path) as write:
        write(data)
    return data


class _Place(NamedTuple):
    """Where something is in a file of what was made before, a mark of what it was made of, and its checksum."""

    mark: str
    start: int
    length: int
    checksum: int


def kept_of_each(
    name: str, made_of: str, marks: Mapping[str, str], make: Callable[[str], bytes]
) -> Iterator[tuple[str, bytes]]:
    """For each of many things what is made of it: what was made before of the same, or else what is made now.

    All of it is in one file, which holds only what was asked for last, so it does not grow with every change. It is
    written when the last thing was asked for.
    Args: `name`, what is kept; `made_of`, everything that all of it depends on; `marks`, for each thing what else its
    own depends on; `make`, makes that of one thing; what is empty is made anew each time.
    """
    path = _cache() / _OF_EACH / _hash(name)
    now: dict[str, _Place] = {}
    end = 0
    with ExitStack() as stack:
        known = stack.enter_context(_opened(path))  # once, since another build can replace it at any time
        before = _places(known, made_of)
        same = {id_ for id_, mark in marks.items() if id_ in before and before[id_].mark == mark}
        is_same = list(marks) == list(before) and len(same) == len(marks)
        _tidy(path.parent)
        write = _ignore if is_same else stack.enter_context(_replaced(path))
        for id_, mark in marks.items():
            if id_ in same and (data := _read(known, before[id_])):
                checksum = before[id_].checksum
            elif data := make(id_):
                checksum = zlib.crc32(data)
            if data:
                write(data)
                now[id_] = _Place(mark, end, len(data), checksum)
                end += len(data)
            yield id_, data
        told = json.dumps({"made_of": made_of, "places": now}).encode()
        write(told + f"{len(told):{_DIGITS}}".encode())
        known.close()  # before another takes its place: Windows wants it so


def forget() -> None:
    """Let all that is made of each of many things be made anew."""
    shutil.rmtree(_cache() / _OF_EACH, ignore_errors=True)


def _read(known: BinaryIO, place: _Place) -> bytes:
    """What is in a place; nothing if it is not what was written there."""
    known.seek(place.start)
    data = known.read(place.length)
    return data if zlib.crc32(data) == place.checksum else b""


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError:
        return BytesIO()


def _places(opened: BinaryIO, made_of: str) -> dict[str, _Place]:
    """What is in such a file; nothing if it was made of other things. It says so at its end."""
    try:
        opened.seek(-_DIGITS, os.SEEK_END)
        length = int(opened.read())
        end = opened.seek(-_DIGITS - length, os.SEEK_END)
        told = json.loads(opened.read(length))
        places = {id_: _Place(*place) for id_, place in told["places"].items()}
    except (OSError, ValueError, LookupError, TypeError):
        return {}
    is_whole = sum(place.length for place in places.values()) == end
    return places if is_whole and told["made_of"] == made_of else {}


_DIGITS = 20
"""Bytes at the end of such a file that say how long what it says of itself is."""


@contextmanager
def _replaced(path: Path) -> Iterator[Callable[[bytes], None]]:
    """Gives what writes a file, which takes the place of another one at the end.

    A full or locked disk makes the next build slower, and this one no worse.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = tempfile.NamedTemporaryFile(dir=path.parent, prefix=_PART, delete=False)  # noqa: SIM115  (closed below)
    except OSError:
        yield _ignore
        return
    is_whole = True

    def write(data: bytes) -> None:
        nonlocal is_whole
        try:
            part.write(data)
        except OSError:
            is_whole = False

    try:
        yield write
    except BaseException:
        is_whole = False
        raise
    finally:
        with suppress(OSError):
            part.close()
            if is_whole:
                Path(part.name).replace(path)
        with suppress(OSError):
            Path(part.name).unlink(missing_ok=True)


def _tidy(folder: Path) -> None:
    """Remove what processes left that were killed while they wrote."""
    for path in folder.glob(f"{_PART}*"):
        with suppress(OSError):  # another process may be quicker
            if path.stat().st_mtime < time.time() - _LONGEST:
                path.unlink()


_PART, _LONGEST = "part-", 86400
"""How the names of files begin that are being written, and how many seconds that takes at most."""


def _ignore(_: bytes) -> None:
    """Write nothing."""


def _hash(words: str) -> str:
    return sha256(words.encode()).hexdigest()


def _cache() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get(CACHE_VARIABLE) or Path(home) / "co-production-knowledge-hub")


@cache
def code() -> str:
    """A mark of all code that makes something of records: ours, and that of libraries.

    If any of ours has changed since this process read it, nobody knows what it runs: then the mark is like no other.
    """
    mark = sha256(" ".join([sys.version, *map(version, LIBRARIES)]).encode())
    here = Path(__file__).parent
    for path in sorted(path for path in here.rglob("*") if path.suffix in (".py", ".jinja")):
        mark.update(f"\n{path.relative_to(here).as_posix()}\n".encode() + path.read_bytes())
        if path.stat().st_mtime > _BEGUN:
            mark.update(os.urandom(16))
    return mark.hexdigest()


_BEGUN = time.time()
"""When this process began to read the code, but for a few modules."""
