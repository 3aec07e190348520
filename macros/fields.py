"""What a record is made of: kinds of text, ids of other things, and statements with their source."""

from __future__ import annotations

import datetime
import sys
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    Tag,
)
from pydantic_core import PydanticCustomError, core_schema

from macros.text import nearest, refusals

NOT_REPORTED = "not reported"
TAG_MARK = "~"  # starts the names that pydantic adds to a place for its own use; no field starts so
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
MAX_SLUG = 60


def mistake(wrong: str, advice: str, rule: str = "value") -> PydanticCustomError:
    """A mistake in a value, for a validator to raise: what is wrong, and what to do."""
    return PydanticCustomError("hub", "{wrong}. {advice}", {"wrong": wrong, "advice": advice, "rule": rule})


def _safe(text: str) -> str:
    for refusal in refusals(text):
        raise mistake(*refusal)
    return text


def _one_line(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


_FIRST_YEAR, _LAST_YEAR = 1900, 2200  # outside of these it is a slip


def _day(value: Any) -> Any:
    if isinstance(value, str) and not _is_day(value):
        raise mistake(f'"{value[:40]}" is not a date', "Write year-month-day, like 2026-11-23.")
    return value


def _is_day(text: str) -> bool:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return day.isoformat() == text and _FIRST_YEAR <= day.year <= _LAST_YEAR


@dataclass(frozen=True)
class RefersTo:
    """Marks a field as the id of something else: of a vocabulary group, `sources`, `guides` and so on.

    Whether that thing is there is checked when the ids are given as the validation's context: kind of thing to ids.
    """

    target: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Check after the text itself is read."""
        return core_schema.with_info_after_validator_function(self._resolve, handler(source))

    def __get_pydantic_json_schema__(
        self, core: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Leave a mark where `schema` puts the values."""
        return {**handler(core), "refers_to": self.target}

    def _resolve(self, given: str, info: core_schema.ValidationInfo) -> str:
        ids = (info.context or {}).get(self.target)
        if ids is not None and given not in ids:
            name = self.target.replace("_", " ")
            raise mistake(f'"{given}" is not one of the {name}', nearest(given, ids), "references_resolve")
        return sys.intern(given)  # a large hub names each of a few things in many thousand places


def _length(longest: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=longest)


_ONE_LINE = BeforeValidator(_one_line)
_SAFE = AfterValidator(_safe)
_ID = StringConstraints(min_length=1, max_length=MAX_SLUG)

# Plain words on one line, by how long they may be. Line breaks in the file become spaces.
Label = Annotated[str, _length(60), _ONE_LINE, _SAFE]
Title = Annotated[str, _length(120), _ONE_LINE, _SAFE]
Sentence = Annotated[str, _length(240), _ONE_LINE, _SAFE]
Summary = Annotated[str, _length(300), _ONE_LINE, _SAFE]
Line = Annotated[str, _length(400), _ONE_LINE, _SAFE]
ExactWords = Annotated[str, _length(600), _ONE_LINE, _SAFE]

Prose = Annotated[str, _length(6000), _SAFE]
"""Paragraphs, lists, emphasis and links: see `macros.text`."""

Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=MAX_SLUG)]
ADDRESS, DOI, YEAR = r"^https?://\S+$", r"^10\.\d{4,9}/\S+$", r"^(\d{4}|not reported)$"
PAGE_PATH, LESSON_REF = r"^[a-z0-9][a-z0-9/-]*\.md$", r"^[a-z0-9-]+/[a-z0-9-]+$"
ANSWER_NAME = r"^[a-z0-9-]+(\.[a-z0-9-]+){0,2}$"
OLD_ADDRESS = r"^([a-z0-9][a-z0-9._-]*/)*[a-z0-9][a-z0-9._-]*/?$"
"""No part starts with a dot, so that a page is never written outside of the site."""
RESULT = r"^([a-z0-9][a-z0-9-]*/)+(#[a-z0-9-]+)?$"
Address = Annotated[str, StringConstraints(pattern=ADDRESS, max_length=400)]
Doi = Annotated[str, StringConstraints(pattern=DOI, max_length=200)]
PagePath = Annotated[str, StringConstraints(pattern=PAGE_PATH, max_length=200)]
Year = Annotated[str, StringConstraints(pattern=YEAR)]
LessonRef = Annotated[str, StringConstraints(pattern=LESSON_REF, max_length=130)]
OldAddress = Annotated[str, StringConstraints(pattern=OLD_ADDRESS, max_length=300)]
ResultAddress = Annotated[str, StringConstraints(pattern=RESULT, max_length=300)]
AnswerName = Annotated[str, StringConstraints(pattern=ANSWER_NAME, max_length=200)]
Day = Annotated[datetime.date, BeforeValidator(_day)]
NotReported = Literal["not reported"]


def _each_once(items: tuple[str, ...]) -> tuple[str, ...]:
    for position, item in enumerate(items):
        if item in items[:position]:
            raise mistake(f'names "{item}" twice', "Keep one of the two.")
    return items


EACH_ONCE = AfterValidator(_each_once)
OrNotReported = Discriminator(lambda value: f"{TAG_MARK}words" if isinstance(value, str) else f"{TAG_MARK}value")
"""Picks the half of `X or not reported` that was meant, so that a mistake is reported once."""

StageId = Annotated[str, _ID, RefersTo("stages")]
ProjectStageId = Annotated[str, _ID, RefersTo("project_stages")]
ThemeId = Annotated[str, _ID, RefersTo("themes")]
PeopleId = Annotated[str, _ID, RefersTo("people")]
KindId = Annotated[str, _ID, RefersTo("kinds")]
OriginId = Annotated[str, _ID, RefersTo("origins")]
HowKnownId = Annotated[str, _ID, RefersTo("how_known")]
RungId = Annotated[str, _ID, RefersTo("rungs")]
GoalId = Annotated[str, _ID, RefersTo("goals")]
CaseId = Annotated[str, _ID, RefersTo("cases")]
SourceId = Annotated[str, _ID, RefersTo("sources")]
GuideId = Annotated[str, _ID, RefersTo("guides")]
TermId = Annotated[str, _ID, RefersTo("terms")]
TemplateId = Annotated[str, _ID, RefersTo("templates")]
EasyReadId = Annotated[str, _ID, RefersTo("easy_read")]
PictureId = Annotated[str, _ID, RefersTo("pictures")]


class Record(BaseModel):
    """What all records share: no unknown keys, no change after reading, help in the docstrings."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    def model_post_init(self, _context: Any, /) -> None:
        """Let records with the same fields share the set of their names, which nobody may change.

        Of 70 megabytes that 1,000 case studies took, these sets were 20.
        """
        self._share()

    def __getstate__(self) -> tuple[tuple[Any, ...], tuple[str, ...]]:  # type: ignore[override]  # it is kept shorter
        """What is kept of a record: the values of its fields in their order, and the names of those that were given."""
        given = self.__pydantic_fields_set__
        return tuple(self.__dict__[name] for name in type(self).model_fields), tuple(sorted(given))

    def __setstate__(self, state: tuple[tuple[Any, ...], tuple[str, ...]]) -> None:  # type: ignore[override]
        """Be that record again. A large hub has half a million; nothing is checked, and names are shared."""
        values, given = state
        put = object.__setattr__
        put(self, "__dict__", dict(zip(type(self).__pydantic_fields__, values, strict=True)))
        put(self, "__pydantic_fields_set__", _FIELDS_GIVEN.get(given) or _FIELDS_GIVEN.setdefault(given, set(given)))
        put(self, "__pydantic_extra__", None)
        put(self, "__pydantic_private__", None)

    def _share(self) -> None:
        given = self.__pydantic_fields_set__
        object.__setattr__(self, "__pydantic_fields_set__", _FIELDS_GIVEN.setdefault(tuple(sorted(given)), given))


_FIELDS_GIVEN: dict[tuple[str, ...], set[str]] = {}


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

    words: ExactWords
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
