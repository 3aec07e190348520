"""A template as a document: the same words for every format it can be had in."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from macros import form_text
from macros.collection import Collection
from macros.folders import TEMPLATES
from macros.form_parts import FormField, FormTable
from macros.form_text import Runs
from macros.views.links import cited

GUIDANCE = "Guidance:"
"""Starts what helps to fill a document in, so that it is not known by its look alone."""

ABOUT = "About this template"

PLACEHOLDERS = {
    "line": "Write here",
    "text": "Write here",
    "cell": "Write here",
    "date": "Write the date here",
    "choice": "Choose one",
}
"""What stands in an empty answer, by its kind."""


@dataclass(frozen=True)
class Cell:
    """A place in a table to write in."""

    name: str
    """The name of its answer."""
    label: str
    """The head of its column."""
    said: str
    """Its row and its column, for who cannot see the table."""
    given: str = ""
    """What stands there already. Word and Markdown print it; no other format is made of such a table."""


@dataclass(frozen=True)
class TableRow:
    """A row to fill in."""

    label: str
    """What stands in its first cell, or "Row 1" and so on where people write in all cells."""
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A table to fill in."""

    id: str
    caption: str
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    """As parts of 100."""
    labelled: bool
    """Whether the first cell of each row holds its label."""
    rows: tuple[TableRow, ...]


@dataclass(frozen=True)
class Part:
    """A part of a document: text, a field or a table."""

    kind: Literal["heading", "paragraph", "items", "steps", "guidance", "field", "table"]
    lines: tuple[Runs, ...] = ()
    level: int = 0
    field: FormField | None = None
    table: Table | None = None


@dataclass(frozen=True)
class Document:
    """A template, whole."""

    slug: str
    title: str
    summary: str
    facts: tuple[tuple[str, str], ...]
    """What is told of it at its top: what, and the words."""
    parts: tuple[Part, ...]
    about: tuple[str, ...]
    """Who wrote it, from what, and how it may be used: sentences for its end."""
    updated: str
    """year-month-day"""
    version: int

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all answers, in the order of the text."""
        names: list[str] = []
        for part in self.parts:
            if part.field:
                names.append(part.field.id)
            if part.table:
                names += [cell.name for row in part.table.rows for cell in row.cells]
        return tuple(names)


_NAMED = {
    "named": "It names this document or activity. It gives no wording.",
    "implied": "It does not name this document or activity. We made it from what it says.",
}
"""What a template's source says of it."""


@functools.lru_cache(maxsize=128)
def document(collection: Collection, slug: str) -> Document:
    """A template as a document.

    Raises: `LookupError` if there is no such template, or it has no text yet.
    """
    if slug not in collection.templates or not collection.written(slug):
        raise LookupError(f'There is no template "{slug}" with a text.')
    template = collection.templates[slug]
    fields = {field.id: field for field in template.fields}
    tables = {table.id: _table(table) for table in template.tables}
    parts = tuple(
        Part(
            block.kind,
            block.lines,
            block.level,
            fields[block.id] if block.kind == "field" else None,
            tables[block.id] if block.kind == "table" else None,
        )
        for block in form_text.blocks(collection.pages[f"{TEMPLATES}/{slug}.md"].body)
    )
    day = f"{template.updated.day} {template.updated:%B %Y}"
    return Document(
        slug=slug,
        title=template.title,
        summary=template.summary,
        facts=(("Use it", template.use_when), ("Time", template.time_needed)),
        parts=parts,
        about=(
            f"Template from the Co-production Knowledge Hub. Version {template.version}, {day}.",
            "All wording is ours. People with lived experience have not checked it yet.",
            f"Source: {cited(collection, template.source).work.text}. {_NAMED[template.named]}",
            "You may copy, change and share it under the licence CC BY 4.0. Say where it is from.",
        ),
        updated=template.updated.isoformat(),
        version=template.version,
    )


def _table(table: FormTable) -> Table:
    return Table(
        id=table.id,
        caption=table.caption,
        heads=tuple(column.label for column in table.columns),
        widths=tuple(column.width for column in table.columns),
        labelled=bool(table.rows),
        rows=tuple(
            TableRow(
                label,
                tuple(
                    Cell(f"{table.id}.{row}.{column.id}", column.label, f"{label}: {column.label}")
                    for column in table.filled_columns
                ),
            )
            for row, label in table.lines
        ),
    )


def plain(runs: Runs) -> str:
    """What a line says."""
    return "".join(run.text for run in runs)


def choose(options: Sequence[str]) -> str:
    """What can be chosen, as a sentence."""
    return f"One of: {', '.join(options)}."


def described(table: Table) -> str:
    """What a table is, for who cannot see it."""
    kind = "table" if any(cell.given for row in table.rows for cell in row.cells) else "table to fill in,"
    return f"A {kind} with {len(table.rows)} rows. Its columns are: {', '.join(table.heads)}."
