"""The schema that editors read, derived from the records' model."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import models_json_schema

from macros.collection import Collection
from macros.folders import CASES
from macros.plan_parts import Plan
from macros.records import CaseStudy, EasyReadPage, Guide, Template
from macros.shared import (
    AnswerNames,
    Contributions,
    Dictionary,
    Moves,
    Needs,
    Released,
    Sources,
    TestResults,
    Vocabulary,
)

PATH = f"{CASES}/schema.json"
COMMAND = "./scripts/hub schema"


def as_json(collection: Collection) -> str:
    """The JSON Schema that editors read, as text.

    A file names it in its first line. At its top it describes a case study; the other kinds of file are under
    `$defs`. Ids are offered with the values that the vocabulary and the sources have now.
    """
    shared = (Vocabulary, Dictionary, Needs, Sources, TestResults, AnswerNames, Contributions, Moves, Released, Plan)
    models = (CaseStudy, Guide, Template, EasyReadPage, *shared)
    _, schema = models_json_schema([(model, "validation") for model in models])
    choices = collection.vocabulary.ids | {"sources": [source.id for source in collection.sources]}
    # A dictionary's keys lose their mark on the way.
    schema["$defs"]["CaseStudy"]["properties"]["stages"]["propertyNames"] = {"enum": choices["project_stages"]}
    # Guides, templates and terms are left out: they come and go too often for a file that is kept in step by hand.
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Co-production Knowledge Hub",
        "$ref": "#/$defs/CaseStudy",
        "$defs": _with_choices(schema["$defs"], choices),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _with_choices(part: Any, choices: Mapping[str, list[str]]) -> Any:
    """The schema with the values of each id in place of its `refers_to` mark."""
    if isinstance(part, list):
        return [_with_choices(item, choices) for item in part]
    if not isinstance(part, dict):
        return part
    done = {key: _with_choices(value, choices) for key, value in part.items() if key != "refers_to"}
    if values := choices.get(part.get("refers_to", "")):
        done["enum"] = values
    return done
