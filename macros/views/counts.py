"""What is in the hub, in figures: for those who look after it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from macros.collection import Collection
from macros.fields import NOT_REPORTED


@dataclass(frozen=True)
class Count:
    """How many there are of something."""

    label: str
    count: int


@dataclass(frozen=True)
class Counts:
    """Everything that `hub stats` tells."""

    records: tuple[Count, ...]
    origins: tuple[Count, ...]
    themes: tuple[Count, ...]
    """Of lessons, the rarest first: a theme with few is a gap."""
    open: tuple[Count, ...]
    """What the sources do not report, of all case studies together."""
    easy_read: tuple[Count, ...]
    oldest: str
    """The day on which the record changed that has not been changed for longest."""


def everything(collection: Collection) -> Counts:
    """All figures of a collection."""
    lessons = [lesson for _, _, record in collection.with_lessons for lesson in record.lessons]
    origins = Counter(lesson.origin for lesson in lessons)
    themes = Counter(theme for lesson in lessons for theme in lesson.themes)
    cases = collection.cases.values()
    facts = [getattr(case, name) for case in cases for name in ("status", "when", "where", "organisations", "funder")]
    stages: list[object] = [told for case in cases for told in case.stages.values()]
    easy_read = Counter(case.easy_read.status for case in cases)
    days = [record.updated.isoformat() for _, _, record in collection.with_lessons]
    return Counts(
        records=(
            Count("case studies", len(collection.cases)),
            Count("lessons", len(lessons)),
            Count("guide pages", len(collection.guides)),
            Count("templates", len(collection.templates)),
            Count("words in the dictionary", len(collection.dictionary)),
            Count("sources", len(collection.sources)),
        ),
        origins=tuple(Count(value.label, origins[value.id]) for value in collection.vocabulary.origins),
        themes=tuple(
            sorted(
                (Count(value.label, themes[value.id]) for value in collection.vocabulary.themes),
                key=lambda count: count.count,
            )
        ),
        open=(
            Count(f"of {len(facts)} facts", facts.count(NOT_REPORTED)),
            Count(f"of {len(stages)} stages", stages.count(NOT_REPORTED)),
        ),
        easy_read=tuple(Count(status, count) for status, count in sorted(easy_read.items())),
        oldest=min(days, default="there is none"),
    )
