"""Where lived experience came in: the six stages of a project as a strip of rings, comparable between case studies."""

from __future__ import annotations

from dataclasses import dataclass

from macros.case_parts import StageAccount
from macros.collection import Collection
from macros.records import CaseStudy


@dataclass(frozen=True)
class StageMark:
    """A stage in the strip."""

    number: int
    label: str
    told: bool


@dataclass(frozen=True)
class StageStrip:
    """The stages of one case study, and what their picture shows in words."""

    marks: tuple[StageMark, ...]
    told: int
    picture: str


def strip(collection: Collection, case: CaseStudy) -> StageStrip:
    """Of which stages of a project the source says how lived experience came in."""
    stages = [value for value in collection.vocabulary.stages if value.of_project]
    marks = tuple(
        StageMark(number, stage.label, isinstance(case.stages[stage.id], StageAccount))
        for number, stage in enumerate(stages, 1)
    )
    told = [str(mark.number) for mark in marks if mark.told]
    open_ = [str(mark.number) for mark in marks if not mark.told]
    says = [f"{len(marks)} rings in a row, one for each stage."]
    if told:
        says.append(f"Full rings, where the source tells: {_row(told)}.")
    if open_:
        says.append(f"Dashed rings, not reported: {_row(open_)}.")
    return StageStrip(marks, len(told), " ".join(says))


def _row(numbers: list[str]) -> str:
    """Numbers in a row, as one would say them."""
    return " and ".join((", ".join(numbers[:-1]), numbers[-1])) if len(numbers) > 1 else numbers[0]
