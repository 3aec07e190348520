"""What the items of the open data are made of. A field's docstring is its line in the schema."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """What all parts of the data share."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


Address = Annotated[str, Field(examples=["lessons/include/a-dual-perspective/"])]
"""Where something is: below the address of the hub, unless it starts with https://."""


class SourcePlace(Shape):
    """Where a statement comes from."""

    id: str
    """The id of the source in sources.json."""
    title: str
    """The source's short title."""
    at: str
    """Where in it: a slide's title, a page, a section."""


class Fact(Shape):
    """One thing that the source says, in our words."""

    text: str
    """The fact."""
    source: SourcePlace
    """Where it comes from."""


class Sorted(Shape):
    """A value of the vocabulary."""

    id: str
    """Its id in vocabulary.json."""
    label: str
    """What readers see."""


class Titled(Shape):
    """Something that has a page."""

    kind: str
    """`case study`, `guide`, `template` or `lesson`."""
    id: str
    """Its id."""
    title: str
    """Its title."""
    address: Address
    """Its page."""


class Participant(Shape):
    """A group of people who took part."""

    group: Sorted
    """Which group."""
    role: str
    """What they did."""
    source: SourcePlace
    """Where that is said."""


class StageAccount(Shape):
    """How lived experience came in at one stage of a project."""

    stage: Sorted
    """The stage."""
    how: Fact | None
    """What people with lived experience did; null if not reported."""


class Section(Shape):
    """A part of the story."""

    heading: str
    """Its heading."""
    text: str
    """Its text, in Markdown."""
    source: SourcePlace
    """Where these facts come from."""


class Quotation(Shape):
    """Somebody's exact words. They belong to those who said or wrote them."""

    words: str
    """The words, letter for letter."""
    speaker: str
    """Who said it, as far as the source says."""
    source: SourcePlace
    """Where the words stand."""
    note: str | None
    """What a reader must know about these words."""
    content_note: str | None
    """A warning, if the words may distress."""


class TwoLenses(Shape):
    """The same words seen twice."""

    subject: str
    """What the words are about."""
    evidence_says: Quotation
    """The words of the evidence."""
    lived_experience_says: Quotation
    """How they read from lived experience."""
    what_changed: Fact | None
    """What was changed because of it; null if not reported."""


class Rung(Shape):
    """Where somebody puts the work on the ladder of co-production."""

    rung: Sorted
    """The rung."""
    words: str
    """How they said it."""
    source: SourcePlace
    """Where they said it."""


class Report(Shape):
    """The GRIPP2 short form. The sorting is ours; null means not reported."""

    aim: Fact | None
    """1. The aim of involving people."""
    methods: Fact | None
    """2. How people were involved."""
    positive_results: Fact | None
    """3. Results of involving people: what was good."""
    negative_results: Fact | None
    """3. Results of involving people: what was not good."""
    influence: Fact | None
    """4. How far involving people influenced the work."""
    reflections: Fact | None
    """5. What went well and what did not."""


class Work(Shape):
    """A work to read."""

    id: str
    """Its id in sources.json."""
    title: str
    """Its short title."""
    note: str | None
    """What a reader finds there."""


class File(Shape):
    """A file to take away."""

    format: str
    """What kind of file."""
    address: Address
    """Where it is."""


class Value(Shape):
    """A value that records are sorted by."""

    id: str
    """Its short name."""
    label: str
    """What readers see."""
    meaning: str
    """What it means."""
    also: tuple[str, ...]
    """Other words for it."""
    source: SourcePlace | None
    """Where it comes from; null if it is ours."""


class Group(Shape):
    """A group of values."""

    group: str
    """Its name, such as `themes`."""
    values: tuple[Value, ...]
    """Its values, in order."""
