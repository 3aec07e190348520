"""The files of the open data: JSON with a schema for each, tables, and their codebook."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator

from macros.collection import Collection
from macros.exports import tables
from macros.exports.published import LICENCE, items
from macros.exports.shape import FILES, FOLDER, TABLES, VERSION


def paths() -> frozenset[str]:
    """Where the files are, below the top of the site."""
    named = {f"{FOLDER}/{name}.{ending}" for name in FILES for ending in ("json", "schema.json")}
    return frozenset({*named, *(f"{FOLDER}/{name}.csv" for name in TABLES), f"{FOLDER}/codebook.csv"})


def files(collection: Collection) -> Iterator[tuple[str, Iterable[str]]]:
    """Every file of the data: its path below the top of the site, and its text, in pieces."""
    updated = collection.updated or datetime.date.min
    for name in FILES:
        yield from _of(collection, name, updated)
        yield f"{FOLDER}/{name}.schema.json", (schema(name),)
    yield f"{FOLDER}/codebook.csv", (tables.codebook_table(),)


def _of(collection: Collection, name: str, updated: datetime.date) -> Iterator[tuple[str, Iterable[str]]]:
    """A file, and the same as a table if there is one."""
    yield f"{FOLDER}/{name}.json", _whole(collection, name, updated)
    if name in TABLES:
        lines = (tables.line(item) for item in items(collection, name))
        yield f"{FOLDER}/{name}.csv", tables.as_table(name, lines)


def _whole(collection: Collection, name: str, updated: datetime.date) -> Iterator[str]:
    """The text of a file, item by item: all of them would take much memory in a large hub."""
    file = FILES[name].model_validate({"version": VERSION, "updated": updated, "licence": LICENCE, "items": ()})
    before, after = _json(file.model_dump(mode="json")).rsplit(_NO_ITEMS, 1)
    yield before + '"items": ['
    between = "\n"
    for item in items(collection, name):
        yield between + _indented(item.model_dump_json(indent=1))
        between = ",\n"
    yield ("]" if between == "\n" else "\n ]") + after


_NO_ITEMS = '"items": []'


def _indented(text: str) -> str:
    """The JSON of an item as it stands in a list in a file. Words have no line breaks of their own in JSON."""
    return "  " + text.replace("\n", "\n  ")


def schema(name: str) -> str:
    """The JSON Schema of a file, as text."""
    made = FILES[name].model_json_schema(mode="serialization")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return _json(head | made | {"title": f"{name}.json, version {VERSION}"})


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
