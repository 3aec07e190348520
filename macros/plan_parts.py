"""What a group is asked to write its own co-production protocol: sections with questions, from `_shared/plan.yml`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, RootModel

from macros.fields import EACH_ONCE, GuideId, LessonRef, Line, Record, Slug, Title
from macros.form_parts import FormField


class PlanQuestion(FormField):
    """A question of the plan."""

    gripp2: Literal["aim", "methods", "positive_results", "negative_results", "influence", "reflections"] | None = None
    """The point of the GRIPP2 short form that the answer is a start for."""


class PlanSection(Record):
    """Questions about one thing, with what the guide says of it and what happened to others."""

    id: Slug
    """Short name, used in files that people saved. It never changes."""
    title: Title
    """What it is about."""
    guide: GuideId
    """The guide page."""
    point: Line
    """What that page says, in one or two sentences."""
    lessons: Annotated[tuple[LessonRef, ...], Field(min_length=1, max_length=2), EACH_ONCE]
    """Lessons to show beside it, as case-or-guide/lesson; also of what went wrong."""
    questions: Annotated[tuple[PlanQuestion, ...], Field(min_length=1)]
    """What is asked."""


class Plan(RootModel[tuple[PlanSection, ...]]):
    """All sections, in order."""
