"""How each case study was reported (GRIPP2 short form), as JSON. Its Word and Markdown are made with the templates."""

from __future__ import annotations

import json
from collections.abc import Container

from macros.collection import Collection
from macros.exports import shape
from macros.exports.published import report
from macros.fields import NOT_REPORTED
from macros.records import CaseStudy
from macros.views import gripp2


def files(collection: Collection, *, without: Container[str] = ()) -> dict[str, str]:
    """One file for each case study but those `without`, by its path below the top of the site."""
    wanted = {slug: case for slug, case in collection.cases.items() if slug not in without}
    return {gripp2.path(slug, "json"): _json(collection, slug, case) for slug, case in wanted.items()}


def _json(collection: Collection, slug: str, case: CaseStudy) -> str:
    told = report(collection, case.reporting).model_dump(mode="json")
    points = {name: told[name] or NOT_REPORTED for name in gripp2.ITEMS}
    made = {"version": shape.VERSION, "case_study": slug, "title": case.title, "licence": case.licence} | points
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"
