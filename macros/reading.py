"""From a file to plain data: text, lists and groups of fields. Nothing is converted, and nothing hostile gets through.

YAML is read event by event: no object is built from tags, no alias is followed, nothing nests without end. Every
scalar stays the text that was typed; the record it is for converts it, so `no`, `1.10` and `2024-13-01` keep their
meaning until then.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from macros.fields import MAX_SLUG, SLUG
from macros.problems import Finding, Loc

MAX_BYTES = 1_000_000  # about 150,000 words: far more than any account, small enough to read at once
MAX_BYTES_OF_OURS = 20_000_000  # of a file that a command writes, such as every address of 10,000 case studies
MAX_DEPTH = 10  # the deepest record has 6 levels

_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser is some ten times faster


class Unreadable(Exception):
    """A file or text that cannot be read further. Holds the line and the finding."""

    def __init__(self, line: int, wrong: str, advice: str, rule: str) -> None:
        """Keep what `Problem` needs."""
        super().__init__(wrong)
        self.line = line
        self.finding = Finding((), wrong, advice, rule)


def read_text(path: Path, most: int = MAX_BYTES) -> str:
    """The text of a file that a contributor gave us, of `most` bytes.

    Raises: `Unreadable` if it is no plain file, a symbolic link, too large, not UTF-8, or empty.
    """
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        raise Unreadable(1, "is a symbolic link", "Put the file itself here.", "files_known")
    if not stat.S_ISREG(mode):
        raise Unreadable(1, "is not a file", "Give the folder another name, or move it away.", "files_known")
    if (size := path.stat().st_size) > most:
        raise Unreadable(
            1,
            f"has {size / 1e6:,.1f} MB; the most is {most / 1e6:,.0f} MB",
            "Split it, or take out what is not text.",
            "file_size",
        )
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Unreadable(line, "is not UTF-8 text", "Save the file again with the encoding UTF-8.", "utf8") from None
    if not text.strip():
        raise Unreadable(1, "is empty", 'Delete it, or start afresh with: ./scripts/hub new "Title"', "empty_file")
    return text


def split_page(text: str) -> tuple[str, str]:
    """A Markdown page as front matter and body. The front matter keeps its line numbers.

    Raises: `Unreadable` if there is a first --- and no second.
    """
    if not text.startswith("---\n"):
        return "", text
    head, mark, body = text[4:].partition("\n---\n")
    if not mark and text.rstrip().endswith("\n---"):
        head, mark, body = text[4:].rstrip().removesuffix("---"), "---", ""
    if not mark:
        raise Unreadable(
            1, "has front matter that does not end", "Add a line with --- after the fields.", "front_matter"
        )
    return f"\n{head}\n", body


def parse(text: str, lines: dict[Loc, int] | None = None) -> tuple[Any, list[tuple[int, Finding]]]:
    """The data in a YAML text: str, list and dict with str keys.

    Args: `text`; `lines`, if given, is filled with the line (from 1) of everything read.
    Returns: the data, and what was refused on the way, with its line.
    Raises: `Unreadable` where the rest cannot be read.
    """
    reader = _Reader(lines)
    try:
        for event in yaml.parse(text, Loader=_Parser):
            reader.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise Unreadable(
            line, f"cannot be read as YAML: {_plain(error)}", _yaml_advice(error, text, line), "yaml"
        ) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise Unreadable(line, "holds a character that YAML does not take", "Type the line again.", "yaml") from None
    return reader.data, reader.refused


class _Reader:
    """Builds the data from YAML events and notes what is refused."""

    def __init__(self, lines: dict[Loc, int] | None) -> None:
        self.data: Any = ""
        self.refused: list[tuple[int, Finding]] = []
        self.lines = lines
        self.stack: list[Any] = []  # open lists and groups; a group stands with the key that waits for its value
        self.keys: list[Any] = []
        self.documents = 0

    def take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._marks(event)
            self._put(event.value, event)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._marks(event)
            self._open({} if kind is yaml.MappingStartEvent else [], event)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self.stack.pop()
            self.keys.pop()
            if self.stack and isinstance(self.stack[-1], dict):
                self.keys[-1] = None
        elif kind is yaml.AliasEvent:
            self._refuse(event, f"uses the alias *{event.anchor}", "Write the text again in full.", "alias")
            self._put("", event)
        elif kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                line = event.start_mark.line + 1
                raise Unreadable(line, "starts a second document", "Delete the line with ---.", "yaml")

    def _open(self, container: Any, event: Any) -> None:
        if len(self.stack) >= MAX_DEPTH:
            line = event.start_mark.line + 1
            raise Unreadable(line, f"nests deeper than {MAX_DEPTH} levels", "Check the indentation.", "depth")
        self._put(container, event)
        self.stack.append(container)
        self.keys.append(None)

    def _put(self, value: Any, event: Any) -> None:
        if not self.stack:
            self.data = value
            self._at((), event)
            return
        top = self.stack[-1]
        if isinstance(top, list):
            top.append(value)
            self.keys[-1] = len(top) - 1
            self._at(self._loc(), event)
        elif self.keys[-1] is None:
            self._key(top, value, event)
        else:
            top[self.keys[-1]] = value
            if isinstance(value, str):
                self.keys[-1] = None

    def _key(self, group: dict[str, Any], key: Any, event: Any) -> None:
        if not isinstance(key, str):
            line = event.start_mark.line + 1
            raise Unreadable(line, "has a list or a group as the name of a field", "Write a field's name.", "yaml")
        self.keys[-1] = key
        if key in group:
            self._refuse(event, "stands here twice", "Keep one of the two.", "duplicate_key")
        else:
            self._at(self._loc(), event)

    def _marks(self, event: Any) -> None:
        if event.anchor:
            self._refuse(event, f"sets the anchor &{event.anchor}", "Delete it.", "anchor")
        if event.tag:
            self._refuse(event, f"has the tag {event.tag}", "Delete it; write plain text.", "tag")

    def _loc(self) -> Loc:
        return tuple(key for key in self.keys if key is not None)

    def _at(self, loc: Loc, event: Any) -> None:
        if self.lines is not None:
            self.lines.setdefault(loc, event.start_mark.line + 1)

    def _refuse(self, event: Any, wrong: str, advice: str, rule: str) -> None:
        self.refused.append((event.start_mark.line + 1, Finding(self._loc(), wrong, advice, rule)))


def _plain(error: yaml.MarkedYAMLError) -> str:
    return " ".join(part for part in (error.context, error.problem) if part)


def _yaml_advice(error: yaml.MarkedYAMLError, text: str, line: int) -> str:
    if "\t" in text.split("\n")[line - 1]:
        return "Use spaces, not tabs."
    if "mapping values are not allowed" in _plain(error):
        return "Put quotation marks around a text that holds a colon, and check the indentation."
    return "Check the quotation marks, colons and indentation on this line and the one before."


def lines_of(text: str) -> dict[Loc, int]:
    """The line (from 1) of everything in a YAML text."""
    lines: dict[Loc, int] = {}
    parse(text, lines)
    return lines


def nearest_line(lines: Mapping[Loc, int], loc: Loc) -> int:
    """The line (from 1) of a field, or of the nearest thing around it that is there."""
    return next((lines[loc[:end]] for end in range(len(loc), -1, -1) if loc[:end] in lines), 1)


def is_slug(name: str) -> bool:
    """Whether a name can be part of an address: small letters, digits and single hyphens, 60 characters at most."""
    return len(name) <= MAX_SLUG and re.fullmatch(SLUG, name) is not None


def files_in(folder: Path, suffix: str) -> Iterator[Path]:
    """The files of a folder that end in `suffix`, by name. What starts with _ or . is not a record."""
    if folder.is_dir():
        yield from sorted(path for path in folder.glob(f"*{suffix}") if not path.name.startswith(("_", ".")))
