"""The list of a site's files, `manifest.json`: each with its size and SHA-256, and marks of all that they were made of.

By it a build knows that nothing has changed, and what of the site before it may take over.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from macros.folders import CASES


class Listed(NamedTuple):
    """What the list says of a file. A large site has a million of these."""

    bytes: int
    sha256: str


_FIELDS = frozenset(Listed._fields)

NAME = "manifest.json"
PIECE = 4_000_000
"""Bytes of a file that are held at a time."""

_INPUTS = (CASES, "docs", "macros", "overrides", "scripts", "mkdocs.yml")
_CODE = ("macros", "scripts")
"""What a site is made of, below the project's folder; and what of that may be run from another folder."""
_LIBRARIES = (
    *("mkdocs", "markdown", "markdown-it-py", "jinja2", "lunr", "html-to-markdown", "citeproc-py", "typst", "brotli"),
)
"""Whose version shows in what is made."""
_NOT_READ = frozenset({"__pycache__", ".venv"})


@dataclass(frozen=True)
class MadeOf:
    """What a site is made of. Each mark is another one whenever the files that it stands for are other ones."""

    cases: Mapping[str, str]
    """The mark of each case study, by its slug."""
    others: str
    """Of all else that a page may show: other content, code, libraries, the address on the web."""


@dataclass(frozen=True)
class Manifest:
    """What is known of a site that was built. Of a folder that is no such site, nothing."""

    site: Path
    made_of: MadeOf
    packed_by: str
    """What its texts were compressed with."""
    lists: Mapping[str, str]
    """A mark of what each page of a list of lessons shows, by the page."""
    files: Mapping[str, Listed]
    """By path below the site."""
    written: int = 0
    """When the list was written, the last of the site's files: nanoseconds since 1970, by the clock of the disk."""

    def is_whole(self, made_of: MadeOf) -> bool:
        """Whether the site was made of just that, and every file of its list is there in its size."""
        try:
            return self.made_of == made_of and all(
                os.path.getsize(f"{self.site}/{path}") == file.bytes  # noqa: PTH202  (see `still_has`)
                for path, file in self.files.items()
            )
        except OSError:
            return False

    def unchanged(self, made_of: MadeOf) -> frozenset[str]:
        """The slugs of the case studies whose own pages, made of that, would be the same as in this site."""
        if self.made_of.others != made_of.others:
            return frozenset()
        return frozenset(slug for slug, mark in made_of.cases.items() if self.made_of.cases.get(slug) == mark)

    def take_over(self, to: Path, *paths: str) -> bool:
        """Put files of this site in another site, `to`: all of them, or none if one is not what the list says.

        Each is then one file with two names, where the disk allows, so nothing may be written into it later.
        Returns: whether they were put there.
        """
        if not all(self.still_has(path) for path in paths):
            return False
        for path in paths:
            _put(f"{self.site}/{path}", f"{to}/{path}")
        return True

    def still_has(self, path: str) -> bool:
        """Whether a file of the list is there, in its size, and with no date after the list's.

        To read every file of a large site would take longer than all else in a build after a small change. So a file
        that somebody put there with an older date is not noticed.
        """
        if not (file := self.files.get(path)):
            return False
        try:
            stat = os.stat(f"{self.site}/{path}")  # noqa: PTH116  (a million times: a Path takes longer than the look)
        except OSError:
            return False
        return stat.st_size == file.bytes and stat.st_mtime_ns <= self.written

    def shares(self, to: Path, path: str) -> bool:
        """Whether a file was taken over into `to`, so that it is the same one under two names."""
        try:
            return path in self.files and os.path.samefile(f"{self.site}/{path}", f"{to}/{path}")  # noqa: PTH121
        except OSError:
            return False


def _put(path: str, to: str) -> None:
    try:
        os.link(path, to)
    except OSError:
        if Path(to).parent.is_dir():  # so this is a disk on which a file can have one name only
            shutil.copy2(path, to)
        else:
            Path(to).parent.mkdir(parents=True)
            _put(path, to)


def listed(data: bytes) -> Listed:
    """A file as the list has it."""
    return Listed(len(data), sha256(data).hexdigest())


def listed_file(path: Path) -> Listed:
    """The same of a file on the disk, which may be too large to hold. Raises: `OSError`."""
    digest, size = sha256(), 0
    for piece in pieces(path):
        digest.update(piece)
        size += len(piece)
    return Listed(size, digest.hexdigest())


def pieces(path: Path) -> Iterator[bytes]:
    """What is in a file, piece by piece."""
    with path.open("rb") as opened:
        while piece := opened.read(PIECE):
            yield piece


def read(site: Path) -> Manifest:
    """The list of a site; an empty one if there is none, or one that another version of the hub wrote."""
    try:
        told: dict[str, Any] = json.loads((site / NAME).read_bytes(), object_hook=_in_short)
        written = (site / NAME).stat().st_mtime_ns
        files: dict[str, Any] = dict(told["files"])
        if not all(isinstance(file, Listed) for file in files.values()):
            return nothing(site)
        return Manifest(site, MadeOf(**told["made_of"]), told["packed_by"], told["lists"], files, written)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return nothing(site)


def _in_short(group: dict[str, Any]) -> Any:
    return Listed(**group) if group.keys() == _FIELDS else group


def nothing(site: Path) -> Manifest:
    """What is known of a site that nothing may be taken from."""
    return Manifest(site, MadeOf({}, ""), "", {}, {})


def write(manifest: Manifest, files: Iterable[tuple[str, Listed]]) -> None:
    """Write the list into its site, a line for each of `files` as it comes: a large site has too many to keep."""
    told = {"made_of": asdict(manifest.made_of), "packed_by": manifest.packed_by, "lists": manifest.lists}
    parts = [f"{json.dumps(name)}: {json.dumps(value, sort_keys=True)}" for name, value in told.items()]
    with (manifest.site / NAME).open("w", encoding="utf-8", newline="\n") as list_:
        list_.write("{\n" + ",\n".join(parts) + ',\n"files": {')
        for number, (path, file) in enumerate(files):
            line = f"{json.dumps(path)}: {json.dumps(file._asdict())}"
            list_.write(f",\n{line}" if number else f"\n{line}")
        list_.write("\n}\n}\n")


def made_of(root: Path, *others: str) -> MadeOf:
    """What the site of a project is made of, as its files are now.

    Args: `root`, the project's folder; `others`, what else shows in a page.
    """
    cases: dict[str, str] = {}
    rest = sha256(" ".join([sys.version, *others, *(version(name) for name in _LIBRARIES)]).encode())
    here = Path(__file__).parent.parent
    tops = [root / name for name in _INPUTS] + [here / name for name in _CODE if here != root]
    for top in tops:
        for path in _files(top) if top.is_dir() else [top]:
            data = path.read_bytes()
            if path.parent == root / CASES and path.suffix == ".yml":
                cases[path.stem] = sha256(data).hexdigest()
            else:
                rest.update(f"\n{path.relative_to(top.parent).as_posix()} {len(data)}\n".encode())
                rest.update(data)
    return MadeOf(cases, rest.hexdigest())


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and _NOT_READ.isdisjoint(path.parts):
            yield path
