"""What a record is made of: kinds of text, ids of other things, and statements with their source."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
)
from pydantic_core import PydanticCustomError

from macros.text import refusals

NOT_REPORTED = "not reported"
TAG_MARK = "~"  # starts the names that pydantic adds to a place for its own use; no field starts so
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
MAX_SLUG = 60


def mistake(wrong: str, advice: str) -> PydanticCustomError:
    """A mistake in a value, for a validator to raise: what is wrong, and what to do."""
    return PydanticCustomError("hub", "{wrong}. {advice}", {"wrong": wrong, "advice": advice})


def _safe(text: str) -> str:
    for refusal in refusals(text):
        raise mistake(*refusal)
    return text


def _one_line(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def _day(value: Any) -> Any:
    if isinstance(value, str) and not _is_day(value):
        raise mistake(f'"{value[:40]}" is not a date', "Write year-month-day, like 2026-11-23.")
    return value


def _is_day(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def refers_to(target: str) -> Any:
    """Marks a field as the id of something else: a vocabulary group, `sources`, `guides` or `templates`."""
    return Field(json_schema_extra={"refers_to": target})


def line(longest: int, shortest: int = 1) -> Any:
    """A field of plain words on one line, of so many characters. Line breaks in the file become spaces."""
    limits = StringConstraints(strip_whitespace=True, min_length=shortest, max_length=longest)
    return Annotated[str, BeforeValidator(_one_line), limits, AfterValidator(_safe)]


Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=MAX_SLUG)]
Line = line(400)
Title = line(120)
Summary = line(300)
Sentence = line(240)
Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=6000), AfterValidator(_safe)]
Address = Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=400)]
Doi = Annotated[str, StringConstraints(pattern=r"^10\.\d{4,9}/\S+$", max_length=200)]
Day = Annotated[datetime.date, BeforeValidator(_day)]
NotReported = Literal["not reported"]
OrNotReported = Discriminator(lambda value: f"{TAG_MARK}words" if isinstance(value, str) else f"{TAG_MARK}value")
"""Picks the half of `X or not reported` that was meant, so that a mistake is reported once."""

StageId = Annotated[Slug, refers_to("stages")]
ProjectStageId = Annotated[Slug, refers_to("project_stages")]
ThemeId = Annotated[Slug, refers_to("themes")]
PeopleId = Annotated[Slug, refers_to("people")]
KindId = Annotated[Slug, refers_to("kinds")]
OriginId = Annotated[Slug, refers_to("origins")]
HowKnownId = Annotated[Slug, refers_to("how_known")]
RungId = Annotated[Slug, refers_to("rungs")]
GoalId = Annotated[Slug, refers_to("goals")]
SourceId = Annotated[Slug, refers_to("sources")]
GuideId = Annotated[Slug, refers_to("guides")]
TermId = Annotated[Slug, refers_to("terms")]
TemplateId = Annotated[Slug, refers_to("templates")]


class Record(BaseModel):
    """What all records share: no unknown keys, no change after reading, help in the docstrings."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Citation(Record):
    """Where a statement comes from."""

    ref: SourceId = Field(examples=["reality-of-co-production-2022"])
    """The id of a source in `_shared/sources.yml`."""
    at: Line = Field(examples=["Slide 'Service development: MINDS study'"])
    """Where in that source: a slide's title, a page, a section."""


class Fact(Record):
    """One thing the source says, in our words."""

    text: Line
    """The fact in plain words."""
    source: Citation
    """Where it comes from."""


class Words(Record):
    """Somebody's exact words, kept short."""

    words: line(600)  # type: ignore[valid-type]
    """The words, letter for letter. No quotation marks around them."""
    speaker: Line = Field(examples=["A participant. The source does not name the speaker."])
    """Who said it, described only as far as the source describes them."""
    source: Citation
    """Where the words stand."""


class Quotation(Words):
    """A quotation that can be placed on a page and linked to."""

    id: Slug
    """Short name, used in links. It never changes."""
    note: Line | None = None
    """What a reader must know about these words, such as a spelling kept as it was."""
    content_note: Line | None = None
    """A warning, if the words may distress."""


ReportedFact = Annotated[
    Annotated[Fact, Tag(f"{TAG_MARK}value")] | Annotated[NotReported, Tag(f"{TAG_MARK}words")], OrNotReported
]
"""A fact with its source, or the words `not reported`."""
