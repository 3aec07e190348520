"""A blank case study to fill in, field by field, as the model says."""

from __future__ import annotations

import datetime
import json
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from macros import hints
from macros.collection import Collection
from macros.fields import NOT_REPORTED
from macros.records import CaseStudy

_WIDTH = 110


@dataclass(frozen=True)
class BlankLine:
    """A field on its line."""

    indent: str
    """Spaces, and a hyphen if the field starts an item of a list."""
    name: str
    value: str
    """What is filled in already; empty if the contributor must do it, or if fields of its own follow."""
    optional: bool
    """Whether it can be left out; it is then commented out."""
    help: tuple[str, ...]
    """What the field is for, in lines."""


@dataclass(frozen=True)
class BlankCase:
    """The lines of a blank case study."""

    lines: tuple[BlankLine, ...]


@dataclass(frozen=True)
class Told:
    """A case study that somebody told, as a file for the editor."""

    text: str
    """The case study as YAML."""
    notes: tuple[str, ...]
    """What is for the editor only."""
    doubts: tuple[str, ...]
    """What a person has to compare with the form."""


def case_study(collection: Collection, title: str) -> BlankCase:
    """A blank case study with a title.

    What a contributor cannot get wrong is filled in: today's date, the licence, `not reported`.
    """
    return BlankCase(tuple(_lines(CaseStudy, collection, {"title": json.dumps(title, ensure_ascii=False)})))


def _lines(  # noqa: PLR0913  (two of them say where in the file we are)
    model: type[BaseModel],
    collection: Collection,
    filled: dict[str, str],
    depth: int = 0,
    *,
    in_list: bool = False,
    optional: bool = False,
) -> Iterator[BlankLine]:
    for number, (name, field) in enumerate(model.model_fields.items()):
        indent = "  " * depth + ("- " if in_list and number == 0 else "  " if in_list else "")
        left_out = optional or not field.is_required()
        value = filled.get(name) or _value(name, field)
        yield BlankLine(indent, name, value, left_out, _help(field, collection, _WIDTH - len(indent)))
        deeper = depth + 1 + in_list
        inside = hints.record_in(field.annotation)
        if hints.points_at(field) == "project_stages":
            for stage in collection.vocabulary.project_stages:
                yield BlankLine("  " * deeper, stage, NOT_REPORTED, left_out, ())
        elif inside and not value:
            listed = hints.is_list(field.annotation)
            yield from _lines(inside, collection, {}, deeper, in_list=listed, optional=left_out)
        elif hints.is_list(field.annotation):
            yield BlankLine("  " * deeper + "- ", "", "", left_out, ())


def _value(name: str, field: FieldInfo) -> str:
    fixed = hints.choices(field.annotation)
    if NOT_REPORTED in fixed:
        return NOT_REPORTED
    if name == "updated":
        return datetime.date.today().isoformat()  # noqa: DTZ011  (the contributor's own day)
    return fixed[0] if len(fixed) == 1 or "none" in fixed else ""


def _help(field: FieldInfo, collection: Collection, width: int) -> tuple[str, ...]:
    said = [field.description or ""]
    target = hints.points_at(field)
    fixed = [choice for choice in hints.choices(field.annotation) if choice != NOT_REPORTED]
    if target and (values := collection.vocabulary.ids.get(target)):
        said.append(f"One of: {', '.join(values)}.")
    elif len(fixed) > 1:
        said.append(f"One of: {', '.join(fixed)}.")
    return tuple(textwrap.wrap(" ".join(said), width, break_on_hyphens=False))
