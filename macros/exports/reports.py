"""How each case study was reported (GRIPP2 short form), as JSON. Its Word and Markdown are made with the templates."""

from __future__ import annotations

import json

from macros.collection import Collection
from macros.exports import shape
from macros.exports.published import items
from macros.fields import NOT_REPORTED
from macros.views import gripp2


def files(collection: Collection) -> dict[str, str]:
    """One file for each case study, by its path below the top of the site."""
    cases = (case for case in items(collection)["case-studies"] if isinstance(case, shape.CaseStudy))
    return {gripp2.path(case.id, "json"): _json(case) for case in cases}


def _json(case: shape.CaseStudy) -> str:
    told = case.gripp2.model_dump(mode="json")
    points = {name: told[name] or NOT_REPORTED for name in gripp2.ITEMS}
    made = {"version": shape.VERSION, "case_study": case.id, "title": case.title, "licence": case.licence} | points
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"
