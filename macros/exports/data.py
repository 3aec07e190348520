"""The files of the open data: JSON with a schema for each, tables, and their codebook."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from macros.collection import Collection, of_each_case
from macros.exports import tables
from macros.exports.published import LICENCE, OF_CASES, of_case, others
from macros.exports.shape import FILES, FOLDER, TABLES, VERSION
from macros.exports.shape_parts import Shape


def paths() -> frozenset[str]:
    """Where the files are, below the top of the site."""
    named = {f"{FOLDER}/{name}.{ending}" for name in FILES for ending in ("json", "schema.json")}
    return frozenset({*named, *(f"{FOLDER}/{name}.csv" for name in TABLES), f"{FOLDER}/codebook.csv"})


def files(collection: Collection) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Every file of the data: its path below the top of the site, and its text, in pieces.

    A piece is made of one case study: all at once would take much memory in a large hub, and few of them change.
    """
    updated = collection.updated or datetime.date.min
    for name in FILES:
        yield f"{FOLDER}/{name}.json", _whole(collection, name, updated)
        if name in TABLES:
            yield f"{FOLDER}/{name}.csv", _table(collection, name)
        yield f"{FOLDER}/{name}.schema.json", (schema(name).encode(),)
    yield f"{FOLDER}/codebook.csv", (tables.codebook_table().encode(),)


def _whole(collection: Collection, name: str, updated: datetime.date) -> Iterator[bytes]:
    file = FILES[name].model_validate({"version": VERSION, "updated": updated, "licence": LICENCE, "items": ()})
    before, after = _json(file.model_dump(mode="json")).rsplit(_NO_ITEMS, 1)
    yield f'{before}"items": ['.encode()
    between = b"\n"
    for piece in _pieces(collection, f"{name}.json", name, _in_list):
        yield between + piece
        between = b",\n"
    yield (("]" if between == b"\n" else "\n ]") + after).encode()


def _table(collection: Collection, name: str) -> Iterator[bytes]:
    yield tables.heads(name).encode()
    yield from _pieces(collection, f"{name}.csv", name, partial(tables.lines, name))


def _pieces(collection: Collection, path: str, name: str, write: Callable[[Iterable[Shape]], str]) -> Iterator[bytes]:
    """What a file holds: a text for each case study that it has anything of, and one for all else."""
    if name in OF_CASES:
        made = of_each_case(collection, path, lambda slug: write(of_case(collection, name, slug)).encode())
        yield from (piece for _, piece in made if piece)
    if rest := write(others(collection, name)):
        yield rest.encode()


_NO_ITEMS = '"items": []'


def _in_list(items: Iterable[Shape]) -> str:
    """Items as they stand in a list in a file of JSON. Words have no line breaks of their own in JSON."""
    return ",\n".join("  " + item.model_dump_json(indent=1).replace("\n", "\n  ") for item in items)


def schema(name: str) -> str:
    """The JSON Schema of a file, as text."""
    made = FILES[name].model_json_schema(mode="serialization")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return _json(head | made | {"title": f"{name}.json, version {VERSION}"})


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
