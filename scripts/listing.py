"""The files of a site as its list has them: folder by folder, each with its size and SHA-256.

A large site has a million files, and after a small change nearly all of them are as they were. So what the list says of
a folder is kept as the text that it is there, a line for each folder. It is read where somebody asks for a file of the
folder, and written again as it is where the folder stays the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

_SIZE = '": {"bytes": '
"""What stands between the path of a file and its size. No path has it: a quote in one is written with a backslash."""

PACKED = {".br": "brotli", ".gz": "gzip"}
"""Endings of compressed files, beside the file itself, and how a host names the encoding."""
_FORMS = tuple(PACKED)


class Listed(NamedTuple):
    """What the list says of a file."""

    bytes: int
    sha256: str


class Listing(Mapping[str, Listed]):
    """The files of a site, by path below its top."""

    def __init__(self, lines: Iterable[str] = ()) -> None:
        """Take the lines of a list. Raises: `ValueError` if one is no such line, or another one has its folder."""
        self.lines: dict[str, str] = {}
        """By folder; the top is empty."""
        for line in lines:
            if self.lines.setdefault(_folder(line), line) is not line:
                raise ValueError(line)
        self._asked: dict[str, dict[str, dict[str, Any]]] = {}

    def __getitem__(self, path: str) -> Listed:
        """What the list says of a file."""
        folder = path.rpartition("/")[0]
        if folder not in self._asked:
            self._asked[folder] = self.of(folder)
        return Listed(**self._asked[folder][path])

    def __iter__(self) -> Iterator[str]:
        """Every path, folder by folder."""
        return (path for folder in self.lines for path in self.of(folder))

    def __len__(self) -> int:
        """How many files there are."""
        return sum(line.count(_SIZE) for line in self.lines.values())

    def of(self, folder: str) -> dict[str, dict[str, Any]]:
        """The files of a folder, by path, as the list has them; none if somebody wrote into its line."""
        try:
            files: dict[str, dict[str, Any]] = json.loads(f"{{{self.lines.get(folder, '')}}}")
        except ValueError:
            return {}
        return files

    def without_forms(self, folder: str) -> list[str]:
        """The files of a folder but for compressed forms of others."""
        paths = self.of(folder)
        return sorted(path for path in paths if not (path.endswith(_FORMS) and path[:-3] in paths))


def line(files: Iterable[tuple[str, Listed]]) -> str:
    """What the list says of the files of one folder: a part of a JSON object, on a line."""
    return ", ".join(f'{json.dumps(path)}: {{"bytes": {size}, "sha256": "{hash_}"}}' for path, (size, hash_) in files)


def pages(lines: Iterable[str]) -> int:
    """How many files of a list are pages."""
    return sum(text.count(f".html{_SIZE}") for text in lines)


def _folder(text: str) -> str:
    """The folder that a line tells of."""
    path = text[1 : text.index(_SIZE)]
    return (json.loads(f'"{path}"') if "\\" in path else path).rpartition("/")[0]
