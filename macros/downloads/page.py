"""A template on its page: the document and its files."""

from __future__ import annotations

from dataclasses import dataclass

from macros.downloads.files import Download, downloads
from macros.views import documents
from macros.views.documents import Document


@dataclass(frozen=True)
class TemplatePage:
    """What the page shows."""

    document: Document
    downloads: tuple[Download, ...]
    guidance: str = documents.GUIDANCE
    about_heading: str = documents.ABOUT

    @property
    def word(self) -> str:
        """The path of the Word file, which the page can put answers into."""
        return self.downloads[0].path



def template_page(document: Document) -> TemplatePage:
    """A template with its files."""
    return TemplatePage(document, downloads(document))
