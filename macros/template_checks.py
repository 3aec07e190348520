"""The rules for the text of templates. Each docstring is its rule."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator

from fontTools.ttLib import TTFont

from macros import form_text
from macros.collection import Collection
from macros.downloads import FONTS
from macros.folders import SHARED, TEMPLATES
from macros.problems import Breach
from macros.text import nearest


def _texts(collection: Collection) -> Iterator[tuple[str, str, tuple[form_text.Block, ...], int]]:
    """Each template that has a text: slug, path, blocks, and the line on which the text starts."""
    for slug in collection.templates:
        if collection.written(slug):
            path = f"{TEMPLATES}/{slug}.md"
            page = collection.pages[path]
            yield slug, path, form_text.blocks(page.body), page.body_line


def fields_placed(collection: Collection) -> Iterator[Breach]:
    """Each field and table of a template stands in its text once, and what stands there is declared."""
    for slug, path, blocks, start in _texts(collection):
        template = collection.templates[slug]
        for kind, ids in (
            ("field", [field.id for field in template.fields]),
            ("table", [table.id for table in template.tables]),
        ):
            placed = Counter(block.id for block in blocks if block.kind == kind)
            for position, id_ in enumerate(ids):
                if placed[id_] != 1:
                    wrong = f'{kind} "{id_}" stands in the text {placed[id_]} times'
                    yield Breach(path, (f"{kind}s", position, "id"), wrong, f"Put [{kind}: {id_}] on a line, once.")
            for block in blocks:
                if block.kind == kind and block.id not in ids:
                    wrong = f'places the {kind} "{block.id}", which is not declared'
                    yield Breach(path, (), wrong, nearest(block.id, ids), start + block.line)


def answer_names_unique(collection: Collection) -> Iterator[Breach]:
    """No two fields or tables of a template have one id, and no two rows or columns of a table."""
    for slug, template in collection.templates.items():
        path = f"{TEMPLATES}/{slug}.md"
        groups = [[*(field.id for field in template.fields), *(table.id for table in template.tables)]]
        for table in template.tables:
            groups += [[row.id for row in table.rows], [column.id for column in table.columns]]
        for group in groups:
            for id_, count in Counter(group).items():
                if count > 1:
                    yield Breach(path, (), f'"{id_}" stands here {count} times', "Give each a name of its own.", line=1)


def plan_leads_somewhere(collection: Collection) -> Iterator[Breach]:
    """A section of the plan points at a guide page and lessons that are there, and asks each thing once."""
    path = f"{SHARED}/plan.yml"
    lessons = {f"{home}/{item.id}" for home, _, record in collection.with_lessons for item in record.lessons}
    unread = (collection.ids["cases"] | collection.ids["guides"]) - {home for home, _, _ in collection.with_lessons}
    seen: set[str] = set()
    for place, section in enumerate(collection.plan):
        if section.guide not in collection.ids["guides"]:
            yield Breach(path, (place, "guide"), f'"{section.guide}" is no guide page', "Name one in docs/guide.")
        for number, lesson in enumerate(section.lessons):
            if lesson not in lessons and lesson.partition("/")[0] not in unread:  # that file tells its own problems
                wrong = f'"{lesson}" is no lesson'
                yield Breach(path, (place, "lessons", number), wrong, nearest(lesson, lessons))
        for number, question in enumerate(section.questions):
            if question.id in seen:
                wrong = f'"{question.id}" stands here twice'
                yield Breach(path, (place, "questions", number, "id"), wrong, "Give one of them another id.")
            seen.add(question.id)


def template_headings(collection: Collection) -> Iterator[Breach]:
    """The headings in a template's text start at ## and skip no level."""
    for _, path, blocks, start in _texts(collection):
        last = 1
        for block in blocks:
            if block.kind == "heading":
                if not 2 <= block.level <= last + 1:
                    wrong = f"has a heading of level {block.level} after one of level {last}"
                    advice = f"Write it with {'#' * (last + 1)}, or put the level between."
                    yield Breach(path, (), wrong, advice, start + block.line)
                last = max(block.level, 2)


def letters_in_font(collection: Collection) -> Iterator[Breach]:
    """The font of the PDFs has each letter and sign of a template."""
    has = _letters()
    for slug, template in collection.templates.items():
        path = f"{TEMPLATES}/{slug}.md"
        page = collection.pages[path]
        for line, text in enumerate(page.body.splitlines(), page.body_line):
            if lacking := sorted({letter for letter in text if letter not in has and letter != "\t"}):
                yield Breach(path, (), _lacking(lacking), "Write it in words, or with other signs.", line)
        front = template.model_dump_json()
        if lacking := sorted({letter for letter in front if letter not in has}):
            yield Breach(path, (), _lacking(lacking), "Write it in words, or with other signs.", line=1)


def _lacking(letters: list[str]) -> str:
    return f"has {' '.join(letters)}, which the font of the PDFs does not have"


@functools.cache
def _letters() -> frozenset[str]:
    """Every letter that all cuts of the font have."""
    cuts = [frozenset(map(chr, TTFont(path).getBestCmap())) for path in sorted(FONTS.glob("*.ttf"))]
    return frozenset.intersection(*cuts)
