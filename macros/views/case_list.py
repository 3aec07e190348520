"""All case studies: as cards, and their stages side by side."""

from __future__ import annotations

from dataclasses import dataclass

from macros.case_parts import StageAccount
from macros.collection import Collection
from macros.fields import NOT_REPORTED, Fact
from macros.views.cases import label_of
from macros.views.links import Link, case_page, facet_page


@dataclass(frozen=True)
class CaseCard:
    """A case study in a list."""

    link: Link
    summary: str
    kind: str
    people: str
    where: str
    lessons: int
    went_wrong: int
    lessons_page: str


@dataclass(frozen=True)
class StageRow:
    """A case study's row in the table of stages: whether its source tells of each stage."""

    name: str
    told: tuple[bool, ...]


@dataclass(frozen=True)
class CaseList:
    """All case studies, and a table of the stages that their sources tell of."""

    cards: tuple[CaseCard, ...]
    stages: tuple[str, ...]
    rows: tuple[StageRow, ...]


def everything(collection: Collection) -> CaseList:
    """All case studies, by title."""
    cases = sorted(collection.cases.items(), key=lambda item: item[1].title.casefold())
    stages = tuple(value for value in collection.vocabulary.stages if value.of_project)
    rows = tuple(
        StageRow(case.short_title, tuple(isinstance(case.stages[stage.id], StageAccount) for stage in stages))
        for _, case in cases
    )
    cards = tuple(
        CaseCard(
            link=Link(case.title, case_page(slug)),
            summary=case.summary,
            kind=label_of(collection.vocabulary.kinds, case.kind),
            people=", ".join(
                dict.fromkeys(label_of(collection.vocabulary.people, group.group) for group in case.people)
            ),
            where=case.where.text if isinstance(case.where, Fact) else NOT_REPORTED,
            lessons=len(case.lessons),
            went_wrong=sum(lesson.origin == "went-wrong" for lesson in case.lessons),
            lessons_page=facet_page("case", slug),
        )
        for slug, case in cases
    )
    return CaseList(cards, tuple(stage.label for stage in stages), rows)
