"""The files of the open data: JSON with a schema for each, tables, and their codebook."""

from __future__ import annotations

import datetime
import json

from macros.collection import Collection
from macros.exports import tables
from macros.exports.published import LICENCE, items
from macros.exports.shape import FILES, FOLDER, TABLES, VERSION


def paths() -> frozenset[str]:
    """Where the files are, below the top of the site."""
    named = {f"{FOLDER}/{name}.{ending}" for name in FILES for ending in ("json", "schema.json")}
    return frozenset({*named, *(f"{FOLDER}/{name}.csv" for name in TABLES), f"{FOLDER}/codebook.csv"})


def files(collection: Collection) -> dict[str, str]:
    """Every file of the data, by its path below the top of the site."""
    updated = max((record.updated for _, _, record in collection.with_lessons), default=datetime.date.min)
    head = {"version": VERSION, "updated": updated, "licence": LICENCE}
    made: dict[str, str] = {}
    for name, held in items(collection).items():
        file = FILES[name].model_validate({**head, "items": held})
        made[f"{FOLDER}/{name}.json"] = _json(file.model_dump(mode="json"))
        made[f"{FOLDER}/{name}.schema.json"] = schema(name)
    for name in TABLES:
        made[f"{FOLDER}/{name}.csv"] = tables.as_table(name, items(collection)[name])
    made[f"{FOLDER}/codebook.csv"] = tables.codebook_table()
    return made


def schema(name: str) -> str:
    """The JSON Schema of a file, as text."""
    made = FILES[name].model_json_schema(mode="serialization")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return _json(head | made | {"title": f"{name}.json, version {VERSION}"})


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
