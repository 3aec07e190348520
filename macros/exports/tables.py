"""The open data as tables (CSV, as RFC 4180 has it), and the codebook that says what each column holds."""

from __future__ import annotations

import csv
import functools
import io
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from macros.exports import shape_parts as parts
from macros.exports.shape import TABLES
from macros.fields import NOT_REPORTED

_BETWEEN = "; "
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet may take for the start of a formula."""


def heads(name: str) -> str:
    """The first line of a file as CSV. The mark at its start tells a spreadsheet that it is UTF-8."""
    return "\ufeff" + _csv(_heads(name))


def lines(name: str, items: Iterable[parts.Shape]) -> str:
    """The lines of some items of a file."""
    columns = _heads(name)
    cells = (line(item) for item in items)
    return _csv(*([of_item[column] for column in columns] for of_item in cells))


@functools.cache
def _heads(name: str) -> tuple[str, ...]:
    return tuple(column for column, _ in _columns(TABLES[name]))


def line(item: parts.Shape) -> dict[str, str]:
    """An item as a line, by column. Parts of parts get columns of their own; a list stands in one, between `;`."""
    return dict(_cells(item))


def codebook() -> tuple[tuple[str, str, str], ...]:
    """Every column: its file's name, its own, and what it holds."""
    return tuple((f"{name}.csv", *column) for name, model in TABLES.items() for column in _columns(model))


def codebook_table() -> str:
    """The codebook as CSV."""
    return "\ufeff" + _csv(("file", "column", "meaning"), *codebook())


_COLUMNS: Mapping[Any, tuple[str, ...]] = {
    parts.Sorted: ("id", "label"),
    parts.SourcePlace: ("id", "title", "at"),
    parts.Fact: ("", "source"),
    parts.Titled: ("kind", "id", "title"),
    parts.Rung: ("", "words"),
    parts.Report: tuple(parts.Report.model_fields),
}
"""The columns of a part, after the name of its field; other fields have one."""


def _parts(hint: Any) -> tuple[str, ...]:
    return next((columns for part, columns in _COLUMNS.items() if hint in (part, part | None)), ("",))


def _columns(model: type[BaseModel]) -> Iterable[tuple[str, str]]:
    for name, field in model.model_fields.items():
        for part in _parts(field.annotation):
            meaning = field.description or ""
            yield (f"{name}_{part}", f"{meaning} ({part})") if part else (name, meaning)


def _cells(item: parts.Shape) -> Iterable[tuple[str, str]]:
    for name, field in type(item).model_fields.items():
        value = getattr(item, name)
        for part in _parts(field.annotation):
            cell = "" if value is None else _part(value, part)
            yield (f"{name}_{part}" if part else name), (f"'{cell}" if cell.startswith(_FORMULA) else cell)


def _part(value: Any, part: str) -> str:
    """What a column holds of a value."""
    if not part:
        return _plain(value)
    found = getattr(value, part)
    return "" if found is None else _plain(found)


@functools.singledispatch
def _plain(value: Any) -> str:
    """A value in one cell."""
    return str(value)


@_plain.register
def _(value: tuple) -> str:  # type: ignore[type-arg]  # singledispatch wants the bare class
    return _BETWEEN.join(map(_plain, value))


@_plain.register
def _(value: parts.Sorted) -> str:
    return value.label


@_plain.register
def _(value: parts.Titled | parts.Work | parts.SourcePlace) -> str:
    return value.title


@_plain.register
def _(value: parts.Fact) -> str:
    return value.text


@_plain.register
def _(value: parts.Rung) -> str:
    return value.rung.label


@_plain.register
def _(value: parts.Participant) -> str:
    return f"{value.group.label}: {value.role}"


@_plain.register
def _(value: parts.StageAccount) -> str:
    return f"{value.stage.label}: {value.how.text if value.how else NOT_REPORTED}"


@_plain.register
def _(value: parts.Section) -> str:
    return f"{value.heading}: {value.text}"


@_plain.register
def _(value: parts.Quotation) -> str:
    return f"“{value.words}” ({value.speaker})"


@_plain.register
def _(value: parts.TwoLenses) -> str:
    return value.subject


def _csv(*rows: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()
