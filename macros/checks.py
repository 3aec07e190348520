"""The rules that need more than one record. Each rule is a small function; its docstring is the rule.

A rule takes the collection and yields what breaks it. `CHECKS` is the list of all of them. They need no network and
no site.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel

from macros import collection as files
from macros import hints, schema
from macros.collection import CASES, FACETS, GUIDES, SHARED, TEMPLATES, Collection
from macros.page_checks import calls_resolve, front_matter_known, guides_are_whole, pages_are_plain, plain_files
from macros.problems import Breach, Loc, Problem, field_name, nearest
from macros.records import CaseStudy, Guide, Lesson

Rule = Callable[[Collection], Iterator[Breach]]


def check(root: Path, macros: Mapping[str, Callable[..., str]]) -> tuple[Collection | None, list[Problem]]:
    """Read everything below `root` and check it: the collection, and every problem, sorted.

    Args: `root`, the project's folder; `macros`, what a page may call, by name (`pages.MACROS`).
    """
    collection, problems = files.current(root)
    return collection, sorted([*problems, *(run(collection, macros) if collection else ())])


def run(collection: Collection, macros: Mapping[str, Callable[..., str]]) -> list[Problem]:
    """Every breach of every rule, as problems with their lines, sorted.

    Args: `collection`; `macros`, what a page may call, by name (`pages.MACROS`).
    """
    found = [
        Problem(
            breach.path,
            breach.line or files.locate(collection.root, breach.path, breach.loc),
            field_name(breach.loc),
            breach.wrong,
            breach.advice,
            rule.__name__,
        )
        for rule in CHECKS
        for breach in rule(collection)
    ]
    calls = [
        Problem(breach.path, breach.line, "", breach.wrong, breach.advice, "calls_resolve")
        for breach in calls_resolve(collection, macros)
    ]
    return sorted(set(found + calls))


# --- Records ----------------------------------------------------------------------------------------------------------


def references_resolve(collection: Collection) -> Iterator[Breach]:
    """An id that points at something points at something that is there."""
    ids = collection.ids
    for path, record, start in _records(collection):
        for loc, target, given in _references(record, start):
            if given not in ids[target]:
                name = target.replace("_", " ")
                yield Breach(path, loc, f'"{given}" is not one of the {name}', nearest(given, ids[target]))


def ids_unique(collection: Collection) -> Iterator[Breach]:
    """An id stands once in its list, so that an address leads to one thing."""
    for path, loc, ids in _id_lists(collection):
        for position, id_ in enumerate(ids):
            if id_ in ids[:position]:
                advice = f"Use another, like: {_free(id_, ids)}"
                yield Breach(path, (*loc, position, "id"), f'"{id_}" stands here twice', advice)


def lessons_unique(collection: Collection) -> Iterator[Breach]:
    """Two lessons do not say the same: a true repeat is one lesson."""
    seen: dict[str, str] = {}
    for path, lessons in _lessons(collection):
        for position, lesson in enumerate(lessons):
            said = re.sub(r"\W+", " ", lesson.lesson.casefold()).strip()
            first = seen.setdefault(said, f"{path}: {lesson.id}")
            if first != f"{path}: {lesson.id}":
                yield Breach(path, ("lessons", position, "lesson"), f"says the same as {first}", "Keep one of the two.")


def stages_complete(collection: Collection) -> Iterator[Breach]:
    """A case study says of each of the six stages how lived experience came in, or `not reported`."""
    for path, case in _cases(collection):
        for stage in collection.project_stages:
            if stage not in case.stages:
                yield Breach(
                    path, ("stages",), f'does not say anything of the stage "{stage}"', f"Add {stage}: not reported"
                )


def addresses_free(collection: Collection) -> Iterator[Breach]:
    """A case study or guide page is not named like another, or like a part of the lessons' addresses."""
    for slug in collection.guides:
        if slug in collection.found["cases"]:
            path = f"{GUIDES}/{slug}.md"
            yield Breach(path, (), f"has the same name as {CASES}/{slug}.yml", "Rename one; lessons need the name.")
    for slug in FACETS:
        for path, slugs in ((f"{CASES}/{slug}.yml", collection.cases), (f"{GUIDES}/{slug}.md", collection.guides)):
            if slug in slugs:
                yield Breach(path, (), "has a name that the list of lessons uses", "Rename it.")


def guide_order_unique(collection: Collection) -> Iterator[Breach]:
    """No two guide pages of a part stand at the same place."""
    seen: dict[tuple[str, int], str] = {}
    for slug, guide in collection.guides.items():
        first = seen.setdefault((guide.part, guide.order), slug)
        if first != slug:
            wrong = f"is the same place as {GUIDES}/{first}.md"
            yield Breach(f"{GUIDES}/{slug}.md", ("order",), wrong, "Use the next free number.")


def words_unique(collection: Collection) -> Iterator[Breach]:
    """A word leads to one entry of the dictionary, however it is written."""
    seen: dict[str, str] = {}
    for position, term in enumerate(collection.dictionary):
        places: list[tuple[Loc, str]] = [((position, "term"), term.term)]
        places += [((position, "also", number), also) for number, also in enumerate(term.also)]
        for loc, word in places:
            first = seen.setdefault(folded(word), term.id)
            if first != term.id:
                wrong = f'"{word}" already leads to "{first}"'
                yield Breach(f"{SHARED}/dictionary.yml", loc, wrong, "Keep it in one place.")


def schema_fresh(collection: Collection) -> Iterator[Breach]:
    """The schema that editors read says what the model says."""
    path = collection.root / schema.PATH
    if not path.is_file() or path.read_text(encoding="utf-8") != schema.as_json(collection):
        yield Breach(schema.PATH, (), "is not what the records' model says", f"Run {schema.COMMAND}", line=1)


CHECKS: tuple[Rule, ...] = (
    references_resolve,
    ids_unique,
    lessons_unique,
    stages_complete,
    addresses_free,
    guide_order_unique,
    words_unique,
    schema_fresh,
    plain_files,
    front_matter_known,
    pages_are_plain,
    guides_are_whole,
)


# --- Walking records --------------------------------------------------------------------------------------------------


def folded(word: str) -> str:
    """A word as it is compared: without case, hyphens and spaces."""
    return re.sub(r"[\s\-‐-―]+", "", word.casefold())


def _cases(collection: Collection) -> Iterator[tuple[str, CaseStudy]]:
    for slug, case in collection.cases.items():
        yield f"{CASES}/{slug}.yml", case


def _guides(collection: Collection) -> Iterator[tuple[str, Guide]]:
    for slug, guide in collection.guides.items():
        yield f"{GUIDES}/{slug}.md", guide


def _lessons(collection: Collection) -> Iterator[tuple[str, tuple[Lesson, ...]]]:
    for path, record in (*_cases(collection), *_guides(collection)):
        yield path, record.lessons


def _records(collection: Collection) -> Iterator[tuple[str, BaseModel, Loc]]:
    """Every record with its file, and where in the file it starts."""
    yield from ((path, record, ()) for path, record in (*_cases(collection), *_guides(collection)))
    yield from ((f"{TEMPLATES}/{slug}.md", template, ()) for slug, template in collection.templates.items())
    yield f"{SHARED}/vocabulary.yml", collection.vocabulary, ()
    yield from ((f"{SHARED}/dictionary.yml", term, (at,)) for at, term in enumerate(collection.dictionary))
    yield from ((f"{SHARED}/sources.yml", source, (at,)) for at, source in enumerate(collection.sources))


def _id_lists(collection: Collection) -> Iterator[tuple[str, Loc, list[str]]]:
    """Every list of things with an id: its file, where it stands, the ids."""
    for path, record in (*_cases(collection), *_guides(collection)):
        yield path, ("lessons",), [lesson.id for lesson in record.lessons]
        yield path, ("quotations",), [quotation.id for quotation in record.quotations]
    for name, values in collection.vocabulary:
        yield f"{SHARED}/vocabulary.yml", (name,), [value.id for value in values]
    yield f"{SHARED}/dictionary.yml", (), [term.id for term in collection.dictionary]
    yield f"{SHARED}/sources.yml", (), [source.id for source in collection.sources]


def _free(taken: str, ids: Iterable[str]) -> str:
    return next(free for number in range(2, 1000) if (free := f"{taken}-{number}") not in ids)


def _references(value: object, loc: Loc, target: str | None = None) -> Iterator[tuple[Loc, str, str]]:
    """Every id in a record that points at something: where it stands, at what kind of thing, and the id."""
    if isinstance(value, BaseModel):
        for name, kind in _pointing_fields(type(value)):
            yield from _references(getattr(value, name), (*loc, name), kind)
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from _references(item, (*loc, position), target)
    elif isinstance(value, dict):
        for key, item in value.items():
            if target:
                yield (*loc, key), target, key
            yield from _references(item, (*loc, key))
    elif isinstance(value, str) and target:
        yield loc, target, value


@functools.cache
def _pointing_fields(model: type[BaseModel]) -> list[tuple[str, str | None]]:
    """The fields of a model that hold ids of other things, or records that might."""
    fields = [(name, hints.points_at(field), field.annotation) for name, field in model.model_fields.items()]
    return [(name, target) for name, target, kind in fields if target or hints.record_in(kind)]
