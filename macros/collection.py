"""The collection: everything in the hub's files, read into records, or into problems with file and line."""

from __future__ import annotations

import datetime
import functools
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from macros import reading, shared
from macros.folders import CASES, DOCS, EASY_READ, GUIDES, PICTURES, RECORD_FOLDERS, TEMPLATES
from macros.kept import code, kept_of_each
from macros.plan_parts import PlanSection
from macros.problems import Loc, Problem
from macros.reader import LISTS, Reader
from macros.records import CaseStudy, EasyReadPage, Guide, Page, Template
from macros.shared import Source, Term, Vocabulary

FACETS = {"origin": "origins", "theme": "themes", "stage": "stages", "people": "people", "case": ""}
"""How lessons are sorted: the group in addresses, and its group of the vocabulary. Case studies have none."""


@dataclass(frozen=True)
class Marks:
    """What a collection was read from. Each mark is another one whenever what it stands for is."""

    cases: Mapping[str, str]
    """The mark of each case study's file, by its slug."""
    others: str
    """That of all other files, and of the code."""


@dataclass(frozen=True, eq=False)  # compared as itself, so that views can keep what they made of it
class Collection:
    """What was read. A file with a problem is in `found` by its path, and in nothing else."""

    root: Path
    cases: Mapping[str, CaseStudy]
    guides: Mapping[str, Guide]
    templates: Mapping[str, Template]
    easy_read: Mapping[str, EasyReadPage]
    vocabulary: Vocabulary
    dictionary: tuple[Term, ...]
    sources: tuple[Source, ...]
    needs: tuple[shared.Need, ...]
    tested: tuple[shared.Tested, ...]
    contributions: tuple[shared.Contribution, ...]
    plan: tuple[PlanSection, ...]
    answers: tuple[shared.TemplateNames, ...]
    moved: tuple[shared.Moved, ...]
    released: tuple[str, ...]
    pages: Mapping[str, Page]
    ids: Mapping[str, frozenset[str]]
    """For each kind of thing that can be pointed at: the ids there are, those of files with problems too."""
    marks: Marks | None = field(init=False, default=None)
    """None where the collection was not read from files as it is. So `replace` leaves it out."""

    @property
    def with_lessons(self) -> Iterator[tuple[str, str, CaseStudy | Guide]]:
        """What holds lessons, case studies first: slug, file, record."""
        for slug, case in self.cases.items():
            yield slug, f"{CASES}/{slug}.yml", case
        for slug, guide in self.guides.items():
            yield slug, f"{GUIDES}/{slug}.md", guide

    def has_record(self, path: str) -> bool:
        """Whether a page's front matter is a record."""
        folder, _, name = path.rpartition("/")
        return any(
            folder == of_kind and name.removesuffix(".md") in self.ids[kind] for kind, of_kind in RECORD_FOLDERS.items()
        )

    @property
    def lessons(self) -> int:
        """How many lessons there are."""
        return sum(len(record.lessons) for _, _, record in self.with_lessons)

    @property
    def updated(self) -> datetime.date | None:
        """When a record last changed; None if there is none."""
        records = (self.cases, self.guides, self.templates, self.easy_read)
        return max((record.updated for kind in records for record in kind.values()), default=None)

    def written(self, template: str) -> bool:
        """Whether a template has its text yet; until then it is listed and has no page of its own."""
        page = self.pages.get(f"{TEMPLATES}/{template}.md")
        return bool(page and page.body.strip())


def read(root: Path) -> tuple[Collection | None, list[Problem]]:
    """Everything below `root`, and the problems in single files.

    Returns: the collection (None if the shared lists cannot be read, since nothing can be checked without them), and
    the problems, sorted. Rules that need more than one record are in `checks`.
    """
    reader = Reader(root)
    lists = {name: reader.shared(name, model, ids) for name, (model, ids) in LISTS.items()}
    # Names first: records point at one another.
    reader.strays()
    names = {"cases": reader.slugs(CASES, ".yml")}
    names |= {kind: reader.slugs(folder, ".md") for kind, folder in RECORD_FOLDERS.items()}
    reader.ids |= {kind: frozenset(slugs) for kind, slugs in names.items()}
    reader.ids["pictures"] = frozenset(path.name.partition(".")[0] for path in PICTURES.glob("*.jinja"))
    pages: dict[str, Page] = {}

    cases = reader.cases(names["cases"])
    guides = reader.with_front_matter(GUIDES, names["guides"], Guide, pages)
    templates = reader.with_front_matter(TEMPLATES, names["templates"], Template, pages)
    easy_read = reader.with_front_matter(EASY_READ, names["easy_read"], EasyReadPage, pages)
    for path in _other_pages(root, names):
        if got := reader.page(path):
            pages[path] = got[1]
    problems_found = sorted(reader.problems)
    if not all(lists.values()):
        return None, problems_found
    read_lists: dict[str, Any] = {name: getattr(list_, "root", list_) for name, list_ in lists.items()}
    collection = Collection(
        root=root,
        cases=cases,
        guides=dict(sorted(guides.items(), key=lambda item: (item[1].part, item[1].order))),
        templates=templates,
        easy_read=easy_read,
        pages=pages,
        ids=reader.ids,
        **read_lists,
    )
    object.__setattr__(collection, "marks", _marks(reader.marks))  # once, before anybody sees it
    return collection, problems_found


def _marks(of_files: Mapping[str, str]) -> Marks:
    is_case = re.compile(rf"{CASES}/([^/]+)\.yml").fullmatch
    cases = {found[1]: mark for path, mark in of_files.items() if (found := is_case(path))}
    others = {path: mark for path, mark in of_files.items() if not is_case(path)}
    return Marks(cases, sha256(f"{code()} {json.dumps(others, sort_keys=True)}".encode()).hexdigest())


def of_each_case(
    collection: Collection, name: str, make: Callable[[str], bytes], setting: str = ""
) -> Iterator[tuple[str, bytes]]:
    """For each case study what is made of it alone and of what all share, as it was made before or else now.

    Args: `collection`; `name`, what it is; `make`, makes it for the case study with a slug. It must see nothing of the
    other case studies, and of the settings of a build, such as its address, only `setting`.
    """
    marks = collection.marks
    if marks is None:
        return ((slug, make(slug)) for slug in collection.cases)
    of_cases = {slug: marks.cases[slug] for slug in collection.cases}
    return kept_of_each(f"{name} {collection.root}", f"{marks.others} {setting}", of_cases, make)


def of_groups(
    collection: Collection,
    name: str,
    groups: Mapping[str, Iterable[str]],
    beside: Mapping[str, str],
    make: Callable[[str], bytes],
) -> Iterator[tuple[str, bytes]]:
    """The same for groups of case studies, each by its id.

    Args: `collection`; `name`; `groups`, the slugs of each group; `beside`, for some groups what else is in what is
    made of them; `make`, makes it for the group with an id.
    """
    marks = collection.marks
    if marks is None:
        return ((id_, make(id_)) for id_ in groups)
    marks_of_groups = {
        id_: sha256(json.dumps([beside.get(id_), [(slug, marks.cases[slug]) for slug in slugs]]).encode()).hexdigest()
        for id_, slugs in groups.items()
    }
    return kept_of_each(f"{name} {collection.root}", marks.others, marks_of_groups, make)


def read_case(collection: Collection, slug: str) -> tuple[CaseStudy | None, list[Problem]]:
    """One case study as its file is now, for a collection that was read before; and the problems in that file."""
    lines.cache_clear()
    reader = Reader(collection.root)
    reader.ids = dict(collection.ids)
    return reader.case(slug), sorted(reader.problems)


def _other_pages(root: Path, names: Mapping[str, list[str]]) -> list[str]:
    records = {f"{folder}/{slug}.md" for kind, folder in RECORD_FOLDERS.items() for slug in names[kind]}
    paths = (path.relative_to(root).as_posix() for path in sorted((root / DOCS).rglob("*.md")))
    return [path for path in paths if path not in records]


@functools.lru_cache(maxsize=64)
def lines(root: Path, path: str) -> Mapping[Loc, int]:
    """The lines (from 1) of the fields in a file of the collection, for problems that are found later."""
    text = reading.read_text(root / path)
    return reading.lines_of(reading.split_page(text)[0] if path.endswith(".md") else text)


@functools.lru_cache(maxsize=4)
def _cached(root: Path, _stamp: tuple[tuple[str, int, int], ...]) -> tuple[Collection | None, list[Problem]]:
    lines.cache_clear()
    return read(root)


def current(root: Path) -> tuple[Collection | None, list[Problem]]:
    """The same as `read`, but read anew only when a file has changed."""
    files = (
        os.path.join(folder, name)  # noqa: PTH118  (ten thousand files are looked at some times in a build)
        for top in (CASES, DOCS)
        for folder, _, names in os.walk(root / top)
        for name in names
        if name.endswith((".yml", ".md"))
    )
    stats = sorted((path, os.lstat(path)) for path in files)
    return _cached(root, tuple((path, stat.st_mtime_ns, stat.st_size) for path, stat in stats))
