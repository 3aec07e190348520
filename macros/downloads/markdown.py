"""A template in Markdown."""

from __future__ import annotations

from macros.downloads.sheet import Sheet
from macros.render import render
from macros.views.documents import Document


def markdown(document: Document) -> bytes:
    """A Markdown file of a document."""
    return render("documents/document.txt.jinja", Sheet(document)).encode()
