"""The hub's own reference, made from its code: the fields of records, the rules and the macros."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pydantic import BaseModel

from macros import hints
from macros.fields import NOT_REPORTED
from macros.records import CaseStudy, EasyReadPage, Guide, Template
from macros.shared import Source, Term, Tested, Vocabulary


@dataclass(frozen=True)
class FieldRow:
    """A field of a record."""

    name: str
    help: str
    needed: str
    """`must be there`, `can be left out` or `a value, or not reported`."""
    holds: str
    """The record it holds, the values it can have, or what its ids point at; empty for plain text."""


@dataclass(frozen=True)
class RecordTable:
    """A kind of record with its fields."""

    id: str
    name: str
    help: str
    fields: tuple[FieldRow, ...]


@dataclass(frozen=True)
class Described:
    """Something with a name and a sentence that says what it is."""

    name: str
    help: str


def record_tables() -> tuple[RecordTable, ...]:
    """Every kind of record, those that stand alone first, then the parts they are made of."""
    found: dict[type[BaseModel], None] = dict.fromkeys(
        (CaseStudy, Guide, Template, EasyReadPage, Vocabulary, Term, Source, Tested)
    )
    for model in (waiting := list(found)):
        for field in model.model_fields.values():
            part = hints.record_in(field.annotation)
            if part and part not in found:
                found[part] = None
                waiting.append(part)
    return tuple(RecordTable(model.__name__.lower(), model.__name__, _first(model), _rows(model)) for model in found)


def described(things: Iterable[Callable[..., object]]) -> tuple[Described, ...]:
    """Functions as names with their docstrings' first paragraph, by name."""
    return tuple(Described(thing.__name__, _first(thing)) for thing in sorted(things, key=lambda thing: thing.__name__))


def _first(thing: object) -> str:
    return " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())


def _rows(model: type[BaseModel]) -> tuple[FieldRow, ...]:
    return tuple(
        FieldRow(
            name,
            field.description or "",
            "a value, or not reported"
            if NOT_REPORTED in hints.choices(field.annotation)
            else "must be there"
            if field.is_required()
            else "can be left out",
            _holds(field.annotation, hints.points_at(field)),
        )
        for name, field in model.model_fields.items()
    )


def _holds(hint: object, target: str | None) -> str:
    fixed = [choice for choice in hints.choices(hint) if choice != NOT_REPORTED]
    part = hints.record_in(hint)
    what = f"id from {target.replace('_', ' ')}" if target else part.__name__ if part else " / ".join(fixed)
    return f"list: {what or 'text'}" if hints.is_list(hint) else what
