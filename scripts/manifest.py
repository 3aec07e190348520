"""The list of a site's files, `manifest.json`: each with its size and SHA-256, and marks of all that they were made of.

By it a build knows that nothing has changed, and what of the site before it may take over.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import file_digest, sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from macros import kept
from macros.folders import CASES, files_below
from scripts.listing import Listed, Listing

_FILES, _END = '"files": {\n', "}\n"
"""Before and after the lines of files; the last also ends the list."""

NAME = "manifest.json"

_INPUTS = (CASES, "docs", "macros", "overrides", "scripts", "mkdocs.yml")
_CODE = ("macros", "scripts")
"""What a site is made of, below the project's folder; and what of that may be run from another folder."""
_LIBRARIES = (*kept.LIBRARIES, "mkdocs", "html-to-markdown", "citeproc-py", "typst", "brotli")
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
    """A mark of what each page of a list of lessons or of case studies shows, by the page."""
    files: Listing
    written: int = 0
    """When the list was written, the last of the site's files: nanoseconds since 1970, by the clock of the disk."""

    def is_whole(self, made_of: MadeOf) -> bool:
        """Whether the site was made of just that, and every file of its list is there in its size."""
        return self.made_of == made_of and all(self._has_sizes(folder) for folder in self.files.lines)

    def unchanged(self, made_of: MadeOf) -> frozenset[str]:
        """The slugs of the case studies whose own pages, made of that, would be the same as in this site."""
        if self.made_of.others != made_of.others:
            return frozenset()
        return frozenset(slug for slug, mark in made_of.cases.items() if self.made_of.cases.get(slug) == mark)

    def read(self, path: str) -> bytes:
        """What is in a file; nothing if it is not what the list says."""
        try:
            data = (self.site / path).read_bytes()
        except OSError:
            return b""
        return data if listed(data) == self.files.get(path) else b""

    def still_has(self, path: str) -> bool:
        """Whether a file of the list is there, in its size, and with no date after the list's.

        To read every file of a large site would take longer than all else in a build after a small change. So a file
        that somebody put there with an older date is not noticed.
        """
        return path in self.files and self._is_there(path, self.files[path].bytes)

    def still_has_folder(self, folder: str) -> bool:
        """The same of all files that the list has of a folder, if it has any. Folders in it do not count."""
        files = self.files.of(folder)
        return bool(files) and all(self._is_there(path, file["bytes"]) for path, file in files.items())

    def _is_there(self, path: str, size: int) -> bool:
        try:
            stat = os.stat(f"{self.site}/{path}")  # noqa: PTH116  (a million times: a Path takes longer than the look)
        except OSError:
            return False
        return stat.st_size == size and stat.st_mtime_ns <= self.written

    def _has_sizes(self, folder: str) -> bool:
        files = self.files.of(folder)
        try:
            return bool(files) and all(
                os.path.getsize(f"{self.site}/{path}") == file["bytes"]  # noqa: PTH202  (as above)
                for path, file in files.items()
            )
        except OSError:
            return False


def listed(data: bytes) -> Listed:
    """A file as the list has it."""
    return Listed(len(data), sha256(data).hexdigest())


def listed_file(path: Path) -> Listed:
    """The same of a file on the disk, which may be too large to hold. Raises: `OSError`."""
    with path.open("rb") as opened:
        digest = file_digest(opened, "sha256")
        return Listed(opened.tell(), digest.hexdigest())


def read(site: Path) -> Manifest:
    """The list of a site; an empty one if there is none, or one that another version of the hub wrote."""
    try:
        with (site / NAME).open(encoding="utf-8") as lines:
            head = "".join(iter(lambda: next(lines), _FILES))
            told: dict[str, Any] = json.loads(head.rstrip(",\n") + "}")
            files = Listing(line.rstrip(",\n") for line in iter(lambda: next(lines), _END))
            is_whole = next(lines) == _END
        written = (site / NAME).stat().st_mtime_ns
        made_of = MadeOf(**told["made_of"])
        return Manifest(site, made_of, told["packed_by"], told["lists"], files, written) if is_whole else nothing(site)
    except (OSError, ValueError, LookupError, TypeError, StopIteration):
        return nothing(site)


def nothing(site: Path) -> Manifest:
    """What is known of a site that nothing may be taken from."""
    return Manifest(site, MadeOf({}, ""), "", {}, Listing())


def write(manifest: Manifest, lines: Iterable[str]) -> None:
    """Write the list into its site, each line of files as it comes: a large site has too many to keep."""
    told = {"made_of": asdict(manifest.made_of), "packed_by": manifest.packed_by, "lists": manifest.lists}
    parts = [f"{json.dumps(name)}: {json.dumps(value, sort_keys=True)}" for name, value in told.items()]
    with (manifest.site / NAME).open("w", encoding="utf-8", newline="\n") as list_:
        list_.write("{\n" + ",\n".join(parts) + f",\n{_FILES}")
        for number, line in enumerate(lines):
            list_.write(f",\n{line}" if number else line)
        list_.write(f"\n{_END}{_END}")


def made_of(root: Path, *others: str) -> MadeOf:
    """What the site of a project is made of, as its files are now.

    Args: `root`, the project's folder; `others`, what else shows in a page.
    """
    cases: dict[str, str] = {}
    rest = sha256(" ".join([sys.version, *others, *(version(name) for name in _LIBRARIES)]).encode())
    here = Path(__file__).parent.parent
    tops = [root / name for name in _INPUTS] + [here / name for name in _CODE if here != root]
    in_cases = root / CASES
    for top in tops:
        for path in files_below(top) if top.is_dir() else [""]:
            folder, _, name = path.rpartition("/")
            if not _NOT_READ.isdisjoint(folder.split("/")):
                continue
            try:
                data = (top / path).read_bytes()
            except FileNotFoundError:  # an editor's mark that a file is open is a link to nowhere
                continue
            if top == in_cases and not folder and name.endswith(".yml"):
                cases[name.removesuffix(".yml")] = sha256(data).hexdigest()
            else:
                rest.update(f"\n{top.name} {path} {len(data)}\n".encode())
                rest.update(data)
    return MadeOf(cases, rest.hexdigest())
