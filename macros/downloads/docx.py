"""A template as a Word file with content controls.

Written by hand: python-docx has no content controls, brings styles that say American English, and makes other bytes
each time. The controls are rich text, since others lose line breaks in LibreOffice; inline, since others vanish in some
readers; and locked, so that they can be filled in and not deleted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from macros.downloads import sheet
from macros.downloads.packed import packed
from macros.render import fill
from macros.views.documents import Document, Part

_WIDTH = 9638  # of the text between the margins, in twentieths of a point
_BULLETS = 1  # the number of the list with bullets; lists of steps are counted on from there
_FIRST_LINK = 10  # the relations before it are the package's own parts

_PARTS = {
    "[Content_Types].xml": "types",
    "_rels/.rels": "package",
    "docProps/app.xml": "app",
    "docProps/core.xml": "core",
    "word/_rels/document.xml.rels": "relations",
    "word/document.xml": "document",
    "word/fontTable.xml": "fonts",
    "word/footer1.xml": "footer",
    "word/numbering.xml": "numbering",
    "word/settings.xml": "settings",
    "word/styles.xml": "styles",
}


@dataclass(frozen=True)
class Sheet(sheet.Sheet):
    """A document as Word needs it."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of the document."""
        return self.document.parts

    @cached_property
    def links(self) -> dict[str, str]:
        """The id of each web address in the text."""
        hrefs = (run.href for part in self.parts for line in part.lines for run in line if run.href)
        return {href: f"rId{_FIRST_LINK + place}" for place, href in enumerate(dict.fromkeys(hrefs))}

    @cached_property
    def _lists(self) -> dict[int, int]:
        steps = [id(part) for part in self.parts if part.kind == "steps"]
        return {part: _BULLETS + 1 + place for place, part in enumerate(steps)}

    @property
    def step_lists(self) -> Sequence[int]:
        """The numbers of the lists that count from 1."""
        return list(self._lists.values())

    def list_number(self, part: Part) -> int:
        """The number of a part's list."""
        return self._lists.get(id(part), _BULLETS)

    def number(self, name: str) -> int:
        """A number for a control that stays the same, as Word wants one."""
        return int.from_bytes(sha256(f"{self.document.slug} {name}".encode()).digest()[:4], "big") % 2_000_000_000 + 1

    def twips(self, width: int) -> int:
        """A part of 100 of the text's width."""
        return _WIDTH * width // 100


def docx(document: Document, *, large: bool = False) -> bytes:
    """A Word file of a document; in large print, wide tables become one short form for each row."""
    made = Sheet(document, large)
    return packed((path, fill(f"documents/docx_{part}.xml.jinja", made).encode()) for path, part in _PARTS.items())
