"""What a template asks: fields and tables that people fill in.

One declaration gives the control in Word and OpenDocument, the field of the PDF with its tooltip, the label on the
page, and the name by which a filled-in file is read again. People have these names in files of their own, so they stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from macros.fields import Label, Line, Record, Slug, mistake

WHOLE_WIDTH = 100


class FormField(Record):
    """One question, with room for its answer."""

    id: Slug = Field(examples=["why"])
    """Short name of the answer. It never changes while the template keeps its version."""
    label: Line = Field(examples=["Why are we doing this?"])
    """The question, as a person would ask it."""
    hint: Line | None = None
    """Help with the answer, in a sentence or two."""
    kind: Literal["line", "text", "date", "choice", "tick"] = "text"
    """`line` for a few words, `text` for more, `date`, `choice` for one of some options, `tick` for yes or nothing."""
    options: tuple[Label, ...] = ()
    """What can be chosen. Only for a choice."""

    @model_validator(mode="after")
    def _options_fit(self) -> FormField:
        if (self.kind == "choice") != (len(self.options) > 1):
            raise mistake(
                f"is a {self.kind} with {len(self.options)} options", "Give a choice two options or more, others none."
            )
        return self


class Column(Record):
    """A column of a table."""

    id: Slug
    """Short name of the column. It never changes while the template keeps its version."""
    label: Label
    """What stands at its head."""
    width: Annotated[int, Field(ge=10, le=90)]
    """How wide it is, as a part of 100. The widths of a table add up to 100."""


class Row(Record):
    """A row that is there from the start. Its first cell holds its label."""

    id: Slug
    """Short name of the row. It never changes while the template keeps its version."""
    label: Line
    """What the row is about."""


class FormTable(Record):
    """A table to fill in."""

    id: Slug
    """Short name of the table. It never changes while the template keeps its version."""
    caption: Line
    """What the table is for."""
    columns: Annotated[tuple[Column, ...], Field(min_length=2, max_length=5)]
    """The columns, from the left."""
    rows: tuple[Row, ...] = ()
    """Rows that are there from the start. The first column then holds what each is about."""
    blank_rows: Annotated[int, Field(ge=0, le=12)] = 0
    """How many empty rows there are, below the others."""

    @model_validator(mode="after")
    def _whole(self) -> FormTable:
        if (sum_ := sum(column.width for column in self.columns)) != WHOLE_WIDTH:
            raise mistake(f"has columns that are {sum_} wide in all", "Make the widths add up to 100.", "table_widths")
        if bool(self.rows) == bool(self.blank_rows):
            raise mistake("has no rows, or both kinds of rows", "Give it either rows or blank_rows.", "table_rows")
        return self

    @property
    def filled_columns(self) -> tuple[Column, ...]:
        """The columns that people write in."""
        return self.columns[1:] if self.rows else self.columns

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """The id of each row, and its label."""
        if self.rows:
            return tuple((row.id, row.label) for row in self.rows)
        return tuple((f"row-{number}", f"Row {number}") for number in range(1, self.blank_rows + 1))

    def cells(self) -> Iterator[tuple[str, str]]:
        """Each cell that people write in, by rows: its name, and what it is called."""
        for row, label in self.lines:
            for column in self.filled_columns:
                yield f"{self.id}.{row}.{column.id}", f"{label}: {column.label}"
