"""A template as an OpenDocument text with content controls, which LibreOffice has known since 7.4.

Written by hand: odfdo and odfpy have no content controls.
"""

from __future__ import annotations

from dataclasses import dataclass

from macros.downloads import sheet
from macros.downloads.packed import packed
from macros.render import fill
from macros.views.documents import Document

_KIND = ("mimetype", b"application/vnd.oasis.opendocument.text")  # first and as it is, so that programs know the file
_PARTS = {
    "content.xml": "content",
    "styles.xml": "styles",
    "meta.xml": "meta",
    "META-INF/manifest.xml": "manifest",
}


@dataclass(frozen=True)
class Sheet(sheet.Sheet):
    """A document as OpenDocument needs it."""

    @property
    def widths(self) -> tuple[int, ...]:
        """Every width that a column has, as a part of 100."""
        return tuple(sorted({width for part in self.document.parts if part.table for width in part.table.widths}))


def odt(document: Document) -> bytes:
    """An OpenDocument text of a document."""
    made = Sheet(document)
    parts = [(path, fill(f"documents/odt_{part}.xml.jinja", made).encode()) for path, part in _PARTS.items()]
    return packed([_KIND, *parts], stored=frozenset({_KIND[0]}))
