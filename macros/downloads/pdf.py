"""A template as a tagged PDF (PDF/UA-1), to print or to fill in.

Typst makes it, and refuses what would not be accessible: a skipped heading, a sign that the font lacks. It has no form
fields yet, so in the PDF to fill in each empty box is a link to nowhere, which `pdf_fields` then makes a field.
"""

from __future__ import annotations

import datetime
import functools
import json
import re
from dataclasses import dataclass

import typst
from markupsafe import Markup

from macros.downloads import FONTS, pdf_fields, sheet
from macros.render import fill_typst
from macros.views.documents import Document, Part

_STEPS, _ITEMS = Markup("enum"), Markup("list")  # names of Typst's own, printed as they are
_TALL, _LOW = 7.0, 2.2  # heights of boxes, as multiples of the text's size


class CannotMake(RuntimeError):
    """Typst refused a document; what it said."""


@dataclass(frozen=True)
class Sheet(sheet.Sheet):
    """A document as Typst needs it."""

    form: bool = False
    author: str = "Co-production Knowledge Hub"
    page_word: str = "page"

    @property
    def date(self) -> datetime.date:
        """When the template last changed."""
        return datetime.date.fromisoformat(self.document.updated)

    def list_of(self, part: Part) -> Markup:
        """Typst's name for a list: printed as it is."""
        return _STEPS if part.kind == "steps" else _ITEMS

    def height(self, kind: str) -> float:
        """How much room an answer has."""
        return _TALL if kind == "text" else _LOW


@functools.cache
def fonts() -> typst.Fonts:
    """The fonts of every PDF."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def literal(value: object) -> object:
    """What a partial prints, as Typst reads it: text as a string, so that no sign in it means anything."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return Markup(re.sub(r"\\u([0-9a-f]{4})", r"\\u{\1}", json.dumps(value, ensure_ascii=False)))  # noqa: S704  (Typst's, not HTML)


def pdf(document: Document, *, large: bool = False, form: bool = False) -> bytes:
    """A PDF of a document. In large print, wide tables become one short form for each row.

    Raises: `CannotMake` with the template's name and what Typst said.
    """
    source = fill_typst("documents/pdf.typ.jinja", Sheet(document, large, form=form), literal)
    moment = datetime.datetime.combine(datetime.date.fromisoformat(document.updated), datetime.time(), datetime.UTC)
    try:
        made = typst.compile(
            source.encode(),
            format="pdf",
            font_paths=fonts(),
            pdf_standards=["ua-1"],
            timestamp=int(moment.timestamp()),
        )
    except typst.TypstError as error:
        raise CannotMake(f"docs/templates/{document.slug}.md: {error}") from None
    return pdf_fields.finished(made, document, form=form)
