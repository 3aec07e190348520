"""A problem in what somebody wrote: where it is, what is wrong, and what to do."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from macros import fields, hints
from macros.fields import NOT_REPORTED, TAG_MARK
from macros.text import nearest

Loc = tuple[str | int, ...]
"""Where in a record: the keys and list positions from the top of its file."""


@dataclass(frozen=True, order=True)
class Problem:
    """One problem, ready to be shown."""

    path: str
    """The file, from the project's folder."""
    line: int
    """The line in it, from 1."""
    field: str
    """The field, as in `lessons[2].origin`; empty if it is the whole file."""
    wrong: str
    """What is wrong, without a full stop."""
    advice: str
    """What to do, with its full stop or question mark."""
    rule: str
    """The rule's name, for tools."""

    def __str__(self) -> str:
        """The problem in one line, as `hub check` prints it."""
        field = f"{self.field}: " if self.field else ""
        return f"{self.path}:{self.line}: {field}{self.wrong}. {self.advice}"


@dataclass(frozen=True)
class Finding:
    """A problem whose line is not known yet."""

    loc: Loc
    wrong: str
    advice: str
    rule: str


@dataclass(frozen=True)
class Breach:
    """A place that breaks a rule of `checks` or `page_checks`."""

    path: str
    loc: Loc
    wrong: str
    advice: str
    line: int = 0
    """The line, where the rule knows it better than the place does."""


def field_name(loc: Loc) -> str:
    """`("lessons", 2, "origin")` as a person reads it: `lessons[2].origin`."""
    name = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)
    return name.removeprefix(".")


# --- What pydantic finds, in our words --------------------------------------------------------------------------------


MOST = 200
"""How many problems of one record are told at once: more than anybody mends in one go."""


def findings(error: ValidationError, model: type[BaseModel]) -> list[Finding]:
    """The findings in what pydantic refused: the first `MOST`, and how many more there are.

    Args: `error`, pydantic's; `model`, the record it was reading.
    """
    # A list whose items all have problems is told to be too short as well, which it is not.
    details = [
        detail for detail in error.errors(include_url=False) if detail["type"] != "too_short" or not detail["input"]
    ]
    told = [_finding(detail, model) for detail in details[:MOST]]
    if more := len(details) - len(told):
        told.append(Finding((), f"has {more:,} more problems", "Mend these first, then check again.", "too_many"))
    return told


def _finding(detail: ErrorDetails, model: type[BaseModel]) -> Finding:
    added = (TAG_MARK, "[key]")  # what pydantic adds to a place for its own use
    loc = tuple(part for part in detail["loc"] if not (isinstance(part, str) and part.startswith(added)))
    wording = _WORDING.get(detail["type"], _other)
    wrong, advice = wording(detail, loc, model)
    return Finding(loc, wrong, advice, detail.get("ctx", {}).get("rule", detail["type"]))


_Wording = Callable[[ErrorDetails, Loc, type[BaseModel]], tuple[str, str]]


def _missing(_: ErrorDetails, loc: Loc, model: type[BaseModel]) -> tuple[str, str]:
    return "is missing", f"Add it. {_help(model, loc)}".strip()


def _empty(_: ErrorDetails, loc: Loc, model: type[BaseModel]) -> tuple[str, str]:
    return "is empty", f"Fill it in. {_help(model, loc)}".strip()


def _unknown(_: ErrorDetails, loc: Loc, model: type[BaseModel]) -> tuple[str, str]:
    home = _model_at(model, loc[:-1])
    return "is not a field here", nearest(str(loc[-1]), home.model_fields if home else ())


def _too_long(detail: ErrorDetails, *_: object) -> tuple[str, str]:
    return (
        f"has {len(str(detail['input'])):,} characters; the most is {detail['ctx']['max_length']:,}",
        "Shorten it, or say part of it elsewhere.",
    )


def _choice(detail: ErrorDetails, loc: Loc, model: type[BaseModel]) -> tuple[str, str]:
    given = str(detail["input"])
    if not given:
        return _empty(detail, loc, model)
    field = hints.field_at(model, loc)
    # The field itself, or an item of the group that it is in.
    kinds = (field.annotation, *hints.item_types(field.annotation)) if field else ()
    values = [value for kind in kinds for value in hints.choices(kind)]
    advice = nearest(given, values)
    if values == [NOT_REPORTED] and (inside := _model_at(model, loc)) and not advice.startswith("Did"):
        advice = f"Write not reported, or on the lines below it: {', '.join(inside.model_fields)}."
    return f'"{given[:40]}" is not a value it can have', advice


def _group(detail: ErrorDetails, loc: Loc, model: type[BaseModel]) -> tuple[str, str]:
    if detail["input"] == "":
        return _empty(detail, loc, model)
    field = hints.field_at(model, loc)
    if field and hints.is_group(field.annotation):
        return "is not a group of fields", "Write name: value on the lines below, each with two more spaces."
    home = _model_at(model, loc)
    names = ", ".join(home.model_fields if home else ())
    return "is not a group of fields", f"Write its fields on the lines below, each with two more spaces: {names}."


def _list(detail: ErrorDetails, loc: Loc, model: type[BaseModel]) -> tuple[str, str]:
    if detail["input"] == "":
        return _empty(detail, loc, model)
    return "is not a list", "Start each item on a line of its own with - and a space."


def _text(*_: object) -> tuple[str, str]:
    return "is not a text", "Write words here, not a list or a group of fields."


def _pattern(detail: ErrorDetails, loc: Loc, model: type[BaseModel]) -> tuple[str, str]:
    given, pattern = str(detail["input"]), detail["ctx"]["pattern"]
    if not given:
        return _empty(detail, loc, model)
    wrong, advice = PATTERNS[pattern]
    return f'"{given[:60]}" {wrong}', advice


def _number(detail: ErrorDetails, loc: Loc, model: type[BaseModel]) -> tuple[str, str]:
    field = hints.field_at(model, loc)
    limits = field.metadata if field else ()
    least, most = (next(getattr(limit, end) for limit in limits if hasattr(limit, end)) for end in ("ge", "le"))
    return f'"{str(detail["input"])[:40]}" is not a whole number it can have', f"Write a number from {least} to {most}."


def _yes_no(detail: ErrorDetails, *_: object) -> tuple[str, str]:
    return f'"{str(detail["input"])[:40]}" is neither true nor false', "Write true or false."


def _ours(detail: ErrorDetails, *_: object) -> tuple[str, str]:
    return detail["ctx"]["wrong"], detail["ctx"]["advice"]


def _other(detail: ErrorDetails, *_: object) -> tuple[str, str]:
    return detail["msg"].rstrip("."), "See the list of fields in docs/maintain/records.md."


PATTERNS = {
    fields.SLUG: ("is not a short name", "Use small letters, digits and single hyphens, like: name-an-owner."),
    fields.ADDRESS: ("is not a web address", "Start it with https:// and leave out spaces."),
    fields.DOI: ("is not a DOI", "Write it without https://doi.org/, starting with 10."),
    fields.YEAR: ("is not a year", "Write four digits, like 2022, or: not reported."),
    fields.PAGE_PATH: ("is not a page", "Write its place below docs/, in small letters, like: guide/power.md."),
    fields.OLD_ADDRESS: (
        "is not an address here",
        "Write what stands after the first / on the web: lessons/include/one/.",
    ),
    fields.RESULT: (
        "is not where a result leads",
        "Write what stands after the first / on the web, and no file: guide/power/ or dictionary/#jargon.",
    ),
    fields.ANSWER_NAME: ("is not the name of an answer", "Run `./scripts/hub schema`, which writes this file."),
    fields.LESSON_REF: ("is not a lesson", "Write its case study or guide topic, a slash and its id: include/one."),
}
"""What is told of a text that a pattern of a field does not fit, and what to do. Each pattern is here."""

_WORDING: dict[str, _Wording] = {
    "hub": _ours,
    "missing": _missing,
    "extra_forbidden": _unknown,
    "string_too_short": _empty,
    "too_short": _empty,
    "string_too_long": _too_long,
    "literal_error": _choice,
    "model_type": _group,
    "model_attributes_type": _group,
    "dict_type": _group,
    "tuple_type": _list,
    "string_type": _text,
    "string_pattern_mismatch": _pattern,
    "int_parsing": _number,
    "int_type": _number,
    "greater_than_equal": _number,
    "less_than_equal": _number,
    "bool_parsing": _yes_no,
    "bool_type": _yes_no,
}


def _model_at(model: type[BaseModel], loc: Loc) -> type[BaseModel] | None:
    """The record at a place: the one whose fields stand there."""
    if not any(isinstance(part, str) for part in loc):
        return hints.one_of(model)
    field = hints.field_at(model, loc)
    return hints.record_in(field.annotation) if field else None


def _help(model: type[BaseModel], loc: Loc) -> str:
    field = hints.field_at(model, loc)
    return field.description or "" if field else ""


# --- Showing ----------------------------------------------------------------------------------------------------------


def as_text(problems: list[Problem]) -> str:
    """One line for each problem, then the count."""
    files = len({problem.path for problem in problems})
    count = f"{len(problems)} problem{'s' * (len(problems) != 1)} in {files} file{'s' * (files != 1)}."
    return "\n".join([*map(str, problems), count])


def as_json(problems: list[Problem]) -> str:
    """A list of objects with the fields of `Problem`."""
    return json.dumps([asdict(problem) for problem in problems], indent=2, ensure_ascii=False)


def as_github(problems: list[Problem]) -> str:
    """Workflow commands, which GitHub shows beside the lines of a pull request."""
    return "\n".join(
        f"::error file={_escaped(problem.path, ':,')},line={problem.line},title={_escaped(problem.field, ':,')}"
        f"::{_escaped(f'{problem.wrong}. {problem.advice}')}"
        for problem in problems
    )


def _escaped(text: str, more: str = "") -> str:
    for mark in "%\r\n" + more:
        text = text.replace(mark, f"%{ord(mark):02X}")
    return text
