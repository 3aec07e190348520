"""A document with the words that every format adds to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from macros.views import documents
from macros.views.documents import Document, Table

SIZE, LARGE = 12, 18
"""Points of the text, and in large print."""


@dataclass(frozen=True)
class Sheet:
    """A document as a format's partial is given it."""

    document: Document
    large: bool = False
    guidance: str = documents.GUIDANCE
    about_heading: str = documents.ABOUT

    @property
    def size(self) -> int:
        """Points of the text."""
        return LARGE if self.large else SIZE

    def placeholder(self, kind: str) -> str:
        """What stands where nobody has written yet."""
        return documents.PLACEHOLDERS[kind]

    def choose(self, options: Sequence[str]) -> str:
        """What can be chosen, for who reads it on paper."""
        return documents.choose(options)

    def described(self, table: Table) -> str:
        """What a table is, for who cannot see it."""
        return documents.described(table)
