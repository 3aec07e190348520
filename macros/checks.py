"""The rules that need more than one record. Each rule is a small function; its docstring is the rule.

A rule takes the collection and yields what breaks it. `CHECKS` is the list of all of them. They need no network and
no site.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from macros import collection as files
from macros import schema
from macros.collection import FACETS, Collection
from macros.easy_read_checks import easy_read_short, easy_read_status_agrees, easy_read_twins, easy_read_whole
from macros.fields import Fact
from macros.folders import CASES, DOCS, GUIDES, SHARED
from macros.page_checks import (
    calls_resolve,
    files_known,
    front_matter_plain,
    guide_parts_at_home,
    guides_are_whole,
    pages_are_plain,
)
from macros.problems import Breach, Loc, Problem, field_name
from macros.reading import nearest_line
from macros.search_checks import needs_lead_somewhere, typed_words_lead_somewhere, typed_words_say_something
from macros.template_checks import (
    answer_names_unique,
    fields_placed,
    letters_in_font,
    plan_leads_somewhere,
    template_headings,
)
from macros.text import nearest

Rule = Callable[[Collection], Iterator[Breach]]


def check(root: Path, macros: Mapping[str, Callable[..., str]]) -> tuple[Collection | None, list[Problem]]:
    """Read everything below `root` and check it: the collection, and every problem, sorted.

    Args: `root`, the project's folder; `macros`, what a page may call, by name (`pages.CALLABLE`).
    """
    collection, problems = files.current(root)
    return collection, sorted({*problems, *(run(collection, macros) if collection else ())})


def run(collection: Collection, macros: Mapping[str, Callable[..., str]]) -> list[Problem]:
    """Every breach of every rule, as problems with their lines, sorted.

    Args: `collection`; `macros`, what a page may call, by name (`pages.CALLABLE`).
    """
    calls = [
        Problem(breach.path, breach.line, "", breach.wrong, breach.advice, "calls_resolve")
        for breach in calls_resolve(collection, macros)
    ]
    return sorted({*broken(collection, CHECKS), *calls})


def broken(collection: Collection, rules: Iterable[Rule]) -> list[Problem]:
    """Every breach of some rules, as problems with their lines, sorted."""
    return sorted(
        {
            Problem(
                breach.path,
                breach.line or nearest_line(files.lines(collection.root, breach.path), breach.loc),
                field_name(breach.loc),
                breach.wrong,
                breach.advice,
                rule.__name__,
            )
            for rule in rules
            for breach in rule(collection)
        }
    )


# --- Records ----------------------------------------------------------------------------------------------------------


def ids_unique(collection: Collection) -> Iterator[Breach]:
    """An id stands once in its list, so that an address leads to one thing."""
    for path, loc, ids in _id_lists(collection):
        seen: set[str] = set()
        for position, id_ in enumerate(ids):
            if id_ in seen:
                advice = f"Use another, like: {_free(id_, ids)}"
                yield Breach(path, (*loc, position, "id"), f'"{id_}" stands here twice', advice)
            seen.add(id_)


def lessons_unique(collection: Collection) -> Iterator[Breach]:
    """Two lessons do not say the same: a true repeat is one lesson."""
    seen: dict[str, str] = {}
    for _, path, record in collection.with_lessons:
        for position, lesson in enumerate(record.lessons):
            said = re.sub(r"\W+", " ", lesson.lesson.casefold()).strip()
            first = seen.setdefault(said, f"{path}: {lesson.id}")
            if first != f"{path}: {lesson.id}":
                yield Breach(path, ("lessons", position, "lesson"), f"says the same as {first}", "Keep one of the two.")


def stages_complete(collection: Collection) -> Iterator[Breach]:
    """A case study says of each of the six stages how lived experience came in, or `not reported`."""
    for slug, case in collection.cases.items():
        path = f"{CASES}/{slug}.yml"
        for stage in collection.vocabulary.project_stages:
            if stage not in case.stages:
                yield Breach(
                    path, ("stages",), f'does not say anything of the stage "{stage}"', f"Add {stage}: not reported"
                )


def places_are_told(collection: Collection) -> Iterator[Breach]:
    """A place that readers filter by stands in the statement of where it happened."""
    for slug, case in collection.cases.items():
        told = case.where.text if isinstance(case.where, Fact) else ""
        for position, place in enumerate(case.places):
            if place not in told:
                yield Breach(
                    f"{CASES}/{slug}.yml",
                    ("places", position),
                    f'"{place}" is not in what `where` says',
                    "Write it as it stands there, or leave it out.",
                )


TAKEN = {**dict.fromkeys((*FACETS, "all"), "the lists of lessons"), "index": "the list of all"}
"""Names that no record may have, and what has them."""


def addresses_free(collection: Collection) -> Iterator[Breach]:
    """No two pages have one address: not two records, not a record and a page or a list of lessons."""
    taken = dict(TAKEN)
    for slug, path, _ in collection.with_lessons:
        if slug in taken:
            yield Breach(path, (), f"has a name that {taken[slug]} needs", "Rename it.", line=1)
        taken[slug] = path
    for path in collection.pages:
        if path.startswith((f"{DOCS}/case-studies/", f"{DOCS}/lessons/")):
            yield Breach(path, (), "has an address that belongs to the records", "Move it elsewhere in docs.", line=1)


def guide_order_unique(collection: Collection) -> Iterator[Breach]:
    """No two guide pages of a part stand at the same place."""
    seen: dict[tuple[str, int], str] = {}
    for slug, guide in collection.guides.items():
        first = seen.setdefault((guide.part, guide.order), slug)
        if first != slug:
            wrong = f"is the same place as {GUIDES}/{first}.md"
            yield Breach(f"{GUIDES}/{slug}.md", ("order",), wrong, "Use the next free number.")


def see_resolves(collection: Collection) -> Iterator[Breach]:
    """A word points to words that are in the dictionary."""
    for position, term in enumerate(collection.dictionary):
        for number, other in enumerate(term.see):
            if other not in collection.ids["terms"]:
                advice = nearest(other, collection.ids["terms"])
                yield Breach(f"{SHARED}/dictionary.yml", (position, "see", number), f'"{other}" is no id here', advice)


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
    if not path.is_file() or path.read_bytes() != schema.as_json(collection).encode():
        yield Breach(schema.PATH, (), "is not what the records' model says", f"Run {schema.COMMAND}", line=1)


OF_A_CASE: tuple[Rule, ...] = (ids_unique, lessons_unique, stages_complete, places_are_told)
"""The rules that one case study can break by itself."""

CHECKS: tuple[Rule, ...] = (
    *OF_A_CASE,
    see_resolves,
    fields_placed,
    answer_names_unique,
    template_headings,
    letters_in_font,
    plan_leads_somewhere,
    addresses_free,
    guide_order_unique,
    words_unique,
    schema_fresh,
    files_known,
    front_matter_plain,
    pages_are_plain,
    guides_are_whole,
    guide_parts_at_home,
    easy_read_twins,
    easy_read_whole,
    easy_read_status_agrees,
    easy_read_short,
    typed_words_say_something,
    typed_words_lead_somewhere,
    needs_lead_somewhere,
)


# --- Walking records --------------------------------------------------------------------------------------------------


def folded(word: str) -> str:
    """A word as it is compared: without case, hyphens and spaces."""
    return re.sub(r"[\s\-\u2010-\u2015]+", "", word.casefold())


def _id_lists(collection: Collection) -> Iterator[tuple[str, Loc, list[str]]]:
    """Every list of things with an id: its file, where it stands, the ids."""
    for _, path, record in collection.with_lessons:
        yield path, ("lessons",), [lesson.id for lesson in record.lessons]
        yield path, ("quotations",), [quotation.id for quotation in record.quotations]
    for name, values in collection.vocabulary:
        yield f"{SHARED}/vocabulary.yml", (name,), [value.id for value in values]
    yield f"{SHARED}/dictionary.yml", (), [term.id for term in collection.dictionary]
    yield f"{SHARED}/needs.yml", (), [need.id for need in collection.needs]
    yield f"{SHARED}/sources.yml", (), [source.id for source in collection.sources]


def _free(taken: str, ids: Iterable[str]) -> str:
    return next(free for number in range(2, 1000) if (free := f"{taken}-{number}") not in ids)
