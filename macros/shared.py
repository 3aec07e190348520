"""What records share: the vocabulary they are sorted by, the dictionary of words, and the works they cite."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, RootModel, model_validator

from macros.fields import (
    Address,
    AnswerName,
    Citation,
    Day,
    Doi,
    Label,
    Line,
    OldAddress,
    PagePath,
    Record,
    ResultAddress,
    Slug,
    TermId,
    Year,
    mistake,
)


class Value(Record):
    """One value of a vocabulary group."""

    id: Slug
    """Short name, used in files and addresses. It never changes."""
    label: Label
    """What a reader sees."""
    meaning: Line
    """What it means, in plain words."""
    also: tuple[Line, ...] = ()
    """Other words people use for it. They feed the search."""
    typed: tuple[Line, ...] = ()
    """Words that people type when they look for it, though they mean something else. Only for the search."""
    source: Citation | None = None
    """Where it comes from, if it is not our own."""


class Stage(Value):
    """A time in a project."""

    of_project: bool = False
    """True for the six stages that every case study reports on."""


class Vocabulary(Record):
    """The words that records are sorted by: `_shared/vocabulary.yml`."""

    stages: tuple[Stage, ...]
    """When in a project something happens."""
    themes: tuple[Value, ...]
    """What a lesson is about."""
    people: tuple[Value, ...]
    """Groups of people who take part."""
    kinds: tuple[Value, ...]
    """Kinds of work."""
    origins: tuple[Value, ...]
    """Where a lesson comes from."""
    how_known: tuple[Value, ...]
    """How a source knows what it says."""
    rungs: tuple[Value, ...]
    """The ladder of co-production, from the bottom up."""
    powers: tuple[Value, ...]
    """Kinds of power."""
    goals: tuple[Value, ...]
    """What a reader of the templates is trying to do."""

    @property
    def project_stages(self) -> list[str]:
        """The ids of the six stages of a project, in order."""
        return [stage.id for stage in self.stages if stage.of_project]

    @property
    def ids(self) -> dict[str, list[str]]:
        """The ids of each group, and of the six stages of a project."""
        groups = {name: [value.id for value in values] for name, values in self}
        return groups | {"project_stages": self.project_stages}


class Term(Record):
    """A word in the dictionary: `_shared/dictionary.yml`."""

    id: Slug
    """Short name, used in links. It never changes."""
    term: Label
    """The word or words, as they stand in a text."""
    meaning: Line
    """What it means here, in plain words."""
    also: tuple[Line, ...] = ()
    """Other words people use for it, other spellings, short forms. Readers see them, and they feed the search."""
    typed: tuple[Line, ...] = ()
    """Words that people type when they look for it, though they mean something else. Only for the search."""
    see: tuple[TermId, ...] = ()
    """Ids of related words."""
    source: Citation | None = None
    """Where the meaning comes from, if it is not our own."""


class Need(Record):
    """What people come with, and what answers it: `_shared/needs.yml`. Only for the search."""

    id: Slug
    """Short name, used in the search's index."""
    label: Label
    """What it is called when a reader is told what was looked for."""
    typed: Annotated[tuple[Line, ...], Field(min_length=1)]
    """Words that people type when they have it."""
    answers: Annotated[tuple[ResultAddress, ...], Field(min_length=1, max_length=10)]
    """Where its answers are, the best first: their addresses below the top of the site."""


class Needs(RootModel[tuple[Need, ...]]):
    """What people come with."""


class Source(Record):
    """A work that the hub cites: `_shared/sources.yml`."""

    id: Slug
    """Short name, used in records."""
    kind: Literal["article", "book", "web page", "webinar", "picture", "talk", "work", "own account"]
    """What it is. `own account`: told to the hub by who was there. `work`: the source that names it does not say."""
    title: Line
    """Its title, or `not reported` where the source that names it gives none."""
    short_title: Label
    """How it is named where it is cited, such as: Hackmann and others, 2019."""
    authors: tuple[Line, ...] = ()
    """Its authors, as they are named on it: family name, initials."""
    year: Year
    """The year it came out."""
    container: Line | None = None
    """The journal, site or event it is part of."""
    volume: Label | None = None
    """The volume of the journal."""
    issue: Label | None = None
    """The issue of the journal."""
    pages: Label | None = None
    """The pages, or the number of the article."""
    publisher: Line | None = None
    """Who published it."""
    doi: Doi | None = None
    """Its DOI, starting with 10."""
    url: Address | None = None
    """Its address."""
    known: Literal["read", "second-hand", "as cited"]
    """`read`: we read it. `second-hand`: we read a good account of it. `as cited`: another source names it."""
    note: Line | None = None
    """What a reader must know about it."""


class Dictionary(RootModel[tuple[Term, ...]]):
    """The words and their meanings, in alphabetical order."""


class Sources(RootModel[tuple[Source, ...]]):
    """The works that the hub cites."""


class ContributionStep(Record):
    """What happened to a thing that somebody sent."""

    on: Day
    """When: year-month-day."""
    state: Literal["received", "being checked with you", "published", "changed", "not used", "taken back"]
    """What happened."""
    why: Line | None = None
    """Where it stands, what was changed, or why it is not used."""

    @model_validator(mode="after")
    def _a_reason_is_given(self) -> ContributionStep:
        if self.state in ("changed", "not used") and not self.why:
            raise mistake(f"is `{self.state}`, without a word on what or why", "Fill in why.")
        return self


class Tested(Record):
    """A thing that the tests look at in a real browser: `_shared/tested.yml`. The tests hold it to what they did."""

    id: Slug
    """Short name, used by the tests."""
    looked_at: Line
    """What was looked at."""
    how: Line
    """With which program, on which pages, in which states."""
    found: Line
    """What was found."""


class Contribution(Record):
    """A thing that somebody sent, and what became of it: `_shared/contributions.yml`."""

    id: Slug
    """Short name, used in links."""
    what: Line
    """What it is, in words to which the sender agreed."""
    steps: Annotated[tuple[ContributionStep, ...], Field(min_length=1)]
    """What became of it, the oldest first."""


class Contributions(RootModel[tuple[Contribution, ...]]):
    """Everything that people sent, the newest first."""


class TestResults(RootModel[tuple[Tested, ...]]):
    """What the accessibility statement says of the tests."""


class Moved(Record):
    """An address that is no longer there, and where it leads now: `_shared/moved.yml`."""

    address: OldAddress = Field(examples=["lessons/include/a-lesson/"])
    """Where it was: below the top of the site, with a slash at its end if it was a page."""
    to: PagePath = Field(examples=["lessons/include/another-lesson.md"])
    """The page that is in its place, or tells most about it: its place below docs/."""
    on: Day
    """When: year-month-day."""
    retired: Line | None = None
    """Why it was taken down. Left out if it has only moved."""


class Moves(RootModel[tuple[Moved, ...]]):
    """Every address that has changed."""


class Released(RootModel[tuple[OldAddress, ...]]):
    """Every address that was ever published: `_shared/released.yml`. Written by `hub release`."""


class TemplateNames(Record):
    """What the answers of a form are called in people's files: `_shared/answers.yml`. Written by `hub schema`."""

    template: Slug
    """The template, or another form."""
    version: Annotated[int, Field(ge=1, le=99)]
    """Its version."""
    names: tuple[AnswerName, ...]
    """The names of its answers: of a field, or of a table, row and column with dots between them."""


class AnswerNames(RootModel[tuple[TemplateNames, ...]]):
    """The names of the answers of all templates and other forms, to see when one is lost."""
