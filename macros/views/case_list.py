"""All case studies: as cards, and their stages side by side."""

from __future__ import annotations

from dataclasses import dataclass

from macros.collection import Collection
from macros.fields import NOT_REPORTED, Fact
from macros.views.cases import label_of
from macros.views.links import Link, case_page, facet_page
from macros.views.stages import StageStrip, strip


@dataclass(frozen=True)
class CaseCard:
    """A case study in a list."""

    link: Link
    name: str
    summary: str
    kind: str
    people: str
    where: str
    lessons: int
    went_wrong: int
    lessons_page: str
    strip: StageStrip


@dataclass(frozen=True)
class StageRow:
    """A case study's row in the table of stages."""

    name: str
    strip: StageStrip


@dataclass(frozen=True)
class CaseList:
    """All case studies, and a table of the stages that their sources tell of."""

    cards: tuple[CaseCard, ...]
    stages: tuple[str, ...]
    rows: tuple[StageRow, ...]


def everything(collection: Collection) -> CaseList:
    """All case studies, by title."""
    cases = sorted(collection.cases.items(), key=lambda item: item[1].title.casefold())
    rows = tuple(StageRow(case.short_title, strip(collection, case)) for _, case in cases)
    cards = tuple(
        CaseCard(
            link=Link(case.title, case_page(slug)),
            name=case.short_title,
            summary=case.summary,
            kind=label_of(collection.vocabulary.kinds, case.kind),
            people=", ".join(
                dict.fromkeys(label_of(collection.vocabulary.people, group.group) for group in case.people)
            ),
            where=case.where.text if isinstance(case.where, Fact) else NOT_REPORTED,
            lessons=len(case.lessons),
            went_wrong=sum(lesson.origin == "went-wrong" for lesson in case.lessons),
            lessons_page=facet_page("case", slug),
            strip=strip(collection, case),
        )
        for slug, case in cases
    )
    stages = tuple(value.label for value in collection.vocabulary.stages if value.of_project)
    return CaseList(cards, stages, rows)
