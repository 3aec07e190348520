"""What somebody is asked who has a story to share, and the case study that comes of their answers.

The same questions make the form on the page, the Word, OpenDocument and PDF forms, and what `hub read` makes of these.
Limits, help and choices are the model's. `plan` is the one definition of where each answer goes; the page's script
follows it too (docs/assets/javascripts/contribute/).
"""

from __future__ import annotations

import copy
import datetime
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from macros import hints, schema, text
from macros.case_parts import Reporting
from macros.collection import Collection
from macros.fields import NOT_REPORTED
from macros.form_parts import FormField
from macros.form_text import Run
from macros.questions import MORE_LESSONS, Question, groups
from macros.records import CaseStudy
from macros.views.documents import Document, Part

SLUG = "share-what-you-learned"
"""The short name of the form."""
FILE = "contribute/plan.json"
"""What the page's script loads, below the top of the site."""
SOURCE, UNSORTED = "shared-with-the-hub", "not-sorted"
"""The source of what is told to us, and the kind of work until somebody sorts it."""
SHORT_TITLE, TITLE = 60, 120
"""Letters in a title made of what somebody was doing."""


@dataclass(frozen=True)
class FormGroup:
    """A group as the page shows it."""

    heading: str
    words: str
    fields: tuple[FormField, ...]
    folded: bool


def form(collection: Collection) -> tuple[FormGroup, ...]:
    """The questions as the page asks them."""
    return tuple(
        FormGroup(
            group.heading,
            group.words,
            tuple(_field(question, collection) for question in group.questions),
            group.folded,
        )
        for group in groups(collection)
    )


@lru_cache(maxsize=8)
def document(collection: Collection) -> Document:
    """The questions as a document, for the machinery that makes the templates."""
    return Document(
        slug=SLUG,
        title="Share what you learned",
        summary="Tell others what happened when you worked together. The first three questions are enough.",
        facts=(("Use it", "When you tried co-production, and it went well or badly."), ("Time", "10 minutes or more.")),
        parts=tuple(_parts(collection)),
        about=(
            "Form of the Co-production Knowledge Hub.",
            "What you send is read by an editor. Nothing is published before you have seen it.",
            "We publish your words under the licence CC BY 4.0. Others may use them and must say where they are from.",
        ),
        updated="2026-11-23",
        version=1,
    )


def _parts(collection: Collection) -> Iterator[Part]:
    for group in groups(collection):
        yield Part("heading", ((Run(group.heading),),), level=2)
        yield Part("paragraph", ((Run(group.words),),))
        for question in group.questions:
            yield Part("field", field=_field(question, collection))


def _field(question: Question, collection: Collection) -> FormField:
    choices = _choices(question, collection)
    return FormField(
        id=question.id,
        label=question.label,
        hint=question.hint or _help(question),
        kind="choice" if len(choices) > 1 else question.kind,
        options=tuple(choices) if len(choices) > 1 else (),
    )


def _model_field(question: Question) -> Any:
    path = tuple(part for part in question.path.split(".") if not part.isdecimal())
    return hints.field_at(CaseStudy, path)


def _help(question: Question) -> str | None:
    field = _model_field(question)
    return field.description if field else None


def _choices(question: Question, collection: Collection) -> dict[str, str]:
    """What can be chosen: what a reader sees, and its id."""
    if question.shape != "choice":
        return {}
    values: Any = getattr(collection.vocabulary, hints.points_at(_model_field(question)) or "")
    return {value.label: value.id for value in values if value.id != UNSORTED}


@lru_cache(maxsize=8)
def plan(collection: Collection) -> dict[str, Any]:
    """Where each answer goes, as plain data: what a case study starts as, and what each answer fills in.

    `base` has a place for every lesson and group of people that can be told. Of its `lists`, what nobody filled
    in is dropped. `titles` says how long a title made of the summary may be.
    """
    source = {
        "ref": SOURCE,
        "at": "As it was told to the hub",
    }.copy  # each place has its own: YAML would write an alias
    stages = dict.fromkeys(collection.vocabulary.project_stages, NOT_REPORTED)
    lessons = [
        {"id": f"lesson-{number + 1}", "lesson": "", "origin": "advice", "how_known": "told", "source": source()}
        for number in range(MORE_LESSONS + 1)
    ]
    base = {
        "title": "",
        "short_title": "",
        "summary": "",
        "source": source(),
        "kind": UNSORTED,
        **dict.fromkeys(("status", "when", "where", "organisations", "funder"), NOT_REPORTED),
        "people": [{"group": "", "role": "", "source": source()}],
        "stages": stages,
        "story": [{"heading": "What happened", "text": "", "source": source()}],
        "lessons": lessons,
        "ladder": {"claimed": NOT_REPORTED, "felt": NOT_REPORTED},
        "reporting": dict.fromkeys(Reporting.model_fields, NOT_REPORTED),
        "unknowns": ["The form asked only what is told here. Nobody has asked for more yet."],
        "consent": {"footing": "told by somebody who was there"},
        "easy_read": {"status": "none"},
        "contributors": ["Somebody who was there"],
        "licence": "CC BY 4.0",
        "updated": "",
    }
    questions = [
        {"id": question.id, "label": question.label, "path": question.path, "shape": question.shape}
        | ({"values": choices} if (choices := _choices(question, collection)) else {})
        for group in groups(collection)
        for question in group.questions
    ]
    return {
        "slug": SLUG,
        "base": base,
        "questions": questions,
        "source": source(),
        "lists": ["lessons", "people"],
        "titles": {"title": TITLE, "short_title": SHORT_TITLE},
    }


def case_study(collection: Collection, answers: Mapping[str, str], today: datetime.date) -> dict[str, Any]:
    """The case study that answers make, as a file of it would hold it. It is not checked.

    Args: `answers` by the ids of the questions; for a choice, what a reader sees.
    """
    how = plan(collection)
    record: dict[str, Any] = copy.deepcopy(how["base"])
    for question in how["questions"]:
        answer = answers.get(question["id"], "").strip()
        if answer and question["path"]:
            _put(record, question["path"].split("."), _shaped(question, answer, how["source"]))
    for list_ in how["lists"]:
        record[list_] = [item for item, blank in zip(record[list_], how["base"][list_], strict=True) if item != blank]
    for name, longest in how["titles"].items():
        record[name] = shortened(record[name] or record["title"] or record["summary"], longest)
    record["updated"] = today.isoformat()
    return record


def notes(collection: Collection, answers: Mapping[str, str]) -> list[str]:
    """What is for the editor only: each question with its answer."""
    return [
        f"{question['label']} {answer}"
        for question in plan(collection)["questions"]
        if question["shape"] == "note" and (answer := answers.get(question["id"], "").strip())
    ]


def _shaped(question: Mapping[str, Any], answer: str, source: Mapping[str, str]) -> object:
    if question["shape"] == "choice":
        return question["values"].get(answer, answer)
    if question["shape"] == "fact":
        return {"text": answer, "source": dict(source)}
    if question["shape"] == "stage":
        return {"how": answer, "source": dict(source)}
    return answer


def _put(record: Any, path: list[str], value: object) -> None:
    *way, last = path
    for step in way:
        record = record[int(step)] if isinstance(record, list) else record[step]
    record[int(last) if isinstance(record, list) else last] = value


def shortened(text: str, longest: int) -> str:
    """The first words of a text, on one line and without a full stop, and no more letters than `longest`."""
    line = " ".join(text.split())
    if len(line) > longest:
        line = line[: longest + 1].rpartition(" ")[0] or line[:longest]
    return re.sub(r"[\s.,;:]+$", "", line)


def files(collection: Collection) -> dict[str, str]:
    """What the page's script loads: the plan, and the rules that `hub check` has for what it makes."""
    rules = {
        "schema": json.loads(schema.as_json(collection)),
        "refusals": text.patterns(),
        "schemes": text.SAFE_SCHEMES,
    }
    return {FILE: json.dumps(plan(collection) | rules, ensure_ascii=False, separators=(",", ":"))}
