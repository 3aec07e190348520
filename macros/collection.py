"""The collection: everything in the hub's files, read into records, or into problems with file and line."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from macros import problems, reading
from macros.fields import Record
from macros.problems import Finding, Loc, Problem
from macros.records import CaseStudy, Guide, Template
from macros.shared import Dictionary, Source, Sources, Term, Vocabulary

CASES = "case_studies"
SHARED = "case_studies/_shared"
DOCS = "docs"
GUIDES = "docs/guide"
TEMPLATES = "docs/templates"

FACETS = {"origin": "origins", "theme": "themes", "stage": "stages", "people": "people", "case": ""}
"""How lessons are sorted: the group's name in addresses, and its group of the vocabulary. Case studies are their own."""

R = TypeVar("R", bound=BaseModel)


@dataclass(frozen=True)
class Page:
    """A Markdown page of the site: its front matter as plain data, and the text below it."""

    path: str
    front: Mapping[str, Any]
    body: str
    body_line: int
    """The line of the file on which the body starts, from 1."""


@dataclass(frozen=True, eq=False)  # compared as itself, so that views can keep what they made of it
class Collection:
    """What was read. A file with a problem is in `found` by its path, and in nothing else."""

    root: Path
    cases: Mapping[str, CaseStudy]
    guides: Mapping[str, Guide]
    templates: Mapping[str, Template]
    vocabulary: Vocabulary
    dictionary: tuple[Term, ...]
    sources: tuple[Source, ...]
    pages: Mapping[str, Page]
    found: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """For `cases`, `guides` and `templates`: the slugs of all files, those with problems too."""

    @property
    def project_stages(self) -> list[str]:
        """The ids of the six stages of a project, in order."""
        return [stage.id for stage in self.vocabulary.stages if stage.of_project]

    @functools.cached_property
    def ids(self) -> Mapping[str, frozenset[str]]:
        """For each kind of thing that can be pointed at: the ids there are."""
        return {name: frozenset(value.id for value in values) for name, values in self.vocabulary} | {
            "project_stages": frozenset(self.project_stages),
            "sources": frozenset(source.id for source in self.sources),
            "terms": frozenset(term.id for term in self.dictionary),
            **self.found,
        }

    def written(self, template: str) -> bool:
        """Whether a template has its text yet; until then it is listed and has no page of its own."""
        page = self.pages.get(f"{TEMPLATES}/{template}.md")
        return bool(page and page.body.strip())


class _Reader:
    """Reads files below a root and gathers problems."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []

    def add(self, path: str, line: int, finding: Finding) -> None:
        name = problems.field_name(finding.loc)
        self.problems.append(Problem(path, line, name, finding.wrong, finding.advice, finding.rule))

    def text(self, path: str) -> str | None:
        try:
            return reading.read_text(self.root / path)
        except FileNotFoundError:
            self.add(path, 1, Finding((), "is missing", "Put it back; the hub cannot do without it.", "missing_file"))
        except reading.Unreadable as error:
            self.add(path, error.line, error.finding)
        return None

    def data(self, path: str, text: str) -> Any:
        """The data in a YAML text, or None if it has problems."""
        try:
            data, refused = reading.parse(text)
        except reading.Unreadable as error:
            self.add(path, error.line, error.finding)
            return None
        for line, finding in refused:
            self.add(path, line, finding)
        return None if refused else data

    def record(self, path: str, text: str, model: type[R]) -> R | None:
        """The record in a YAML text, or None if it has problems."""
        before = len(self.problems)
        data = self.data(path, text)
        if len(self.problems) > before:
            return None
        try:
            return model.model_validate(data)
        except ValidationError as error:
            for finding in problems.findings(error, model):
                self.add(path, reading.line_of(text, finding.loc), finding)
        return None

    def shared(self, name: str, model: type[R]) -> R | None:
        path = f"{SHARED}/{name}.yml"
        text = self.text(path)
        return self.record(path, text, model) if text else None

    def page(self, path: str) -> tuple[str, Page] | None:
        """The front matter's text and the page."""
        text = self.text(path)
        if text is None:
            return None
        try:
            head, body = reading.split_page(text)
        except reading.Unreadable as error:
            self.add(path, error.line, error.finding)
            return None
        front = self.data(path, head) if head else {}
        if front is None:
            return None
        if not isinstance(front, dict):
            self.add(
                path,
                1,
                Finding((), "has front matter that is not a group of fields", "Write name: value.", "front_matter"),
            )
            return None
        return head, Page(path, MappingProxyType(front), body, text.count("\n") - body.count("\n") + 1)

    def slugs(self, folder: str, suffix: str) -> list[str]:
        """The names of the records in a folder. Names that are no slug, or differ only in case, are problems."""
        names = [path.name for path in reading.files_in(self.root / folder, suffix)]
        seen: dict[str, str] = {}
        for name in names:
            if twin := seen.setdefault(name.casefold(), name).removeprefix(name):
                finding = Finding((), f"has the same name as {twin} but for capitals", "Rename one.", "case_twin")
                self.add(f"{folder}/{name}", 1, finding)
            elif not reading.is_slug(name.removesuffix(suffix)):
                advice = f"Use small letters, digits and single hyphens, like: lets-talk{suffix}"
                self.add(
                    f"{folder}/{name}", 1, Finding((), "has a name that cannot be an address", advice, "file_name")
                )
        return [name.removesuffix(suffix) for name in names]


def read(root: Path) -> tuple[Collection | None, list[Problem]]:
    """Everything below `root`, and the problems in single files.

    Returns: the collection (None if the shared lists cannot be read, since nothing can be checked without them), and
    the problems, sorted. Rules that need more than one record are in `checks`.
    """
    reader = _Reader(root)
    vocabulary = reader.shared("vocabulary", Vocabulary)
    dictionary = reader.shared("dictionary", Dictionary)
    sources = reader.shared("sources", Sources)
    case_slugs = reader.slugs(CASES, ".yml")
    cases = {}
    for slug in case_slugs:
        path = f"{CASES}/{slug}.yml"
        text = reader.text(path)
        if text and (case := reader.record(path, text, CaseStudy)):
            cases[slug] = case
    pages: dict[str, Page] = {}
    guides: dict[str, Guide] = {}
    templates: dict[str, Template] = {}
    found = {"cases": frozenset(case_slugs)}
    homes: tuple[tuple[str, str, dict[str, Any], type[Record]], ...] = (
        ("guides", GUIDES, guides, Guide),
        ("templates", TEMPLATES, templates, Template),
    )
    for name, folder, records, model in homes:
        slugs = [slug for slug in reader.slugs(folder, ".md") if slug != "index"]
        found[name] = frozenset(slugs)
        for slug in slugs:
            path = f"{folder}/{slug}.md"
            if got := reader.page(path):
                head, pages[path] = got
                if record := reader.record(path, head, model):
                    records[slug] = record
    for path in _other_pages(root, pages):
        if got := reader.page(path):
            pages[path] = got[1]
    problems_found = sorted(reader.problems)
    if vocabulary is None or dictionary is None or sources is None:
        return None, problems_found
    return (
        Collection(
            root=root,
            cases=MappingProxyType(cases),
            guides=MappingProxyType(dict(sorted(guides.items(), key=lambda item: (item[1].part, item[1].order)))),
            templates=MappingProxyType(templates),
            vocabulary=vocabulary,
            dictionary=dictionary.root,
            sources=sources.root,
            pages=MappingProxyType(pages),
            found=MappingProxyType(found),
        ),
        problems_found,
    )


def _other_pages(root: Path, known: Mapping[str, Page]) -> list[str]:
    paths = (path.relative_to(root).as_posix() for path in sorted((root / DOCS).rglob("*.md")))
    return [path for path in paths if path not in known]


def locate(root: Path, path: str, loc: Loc) -> int:
    """The line (from 1) of a field in a file of the collection."""
    text = reading.read_text(root / path)
    if path.endswith(".md"):
        text = reading.split_page(text)[0]
    return reading.line_of(text, loc) if text else 1


@functools.lru_cache(maxsize=4)
def _cached(root: Path, stamp: tuple[tuple[str, int, int], ...]) -> tuple[Collection | None, list[Problem]]:
    return read(root)


def current(root: Path) -> tuple[Collection | None, list[Problem]]:
    """The same as `read`, but read anew only when a file has changed."""
    files = [
        path
        for folder in (CASES, DOCS)
        for path in sorted((root / folder).rglob("*"))
        if path.suffix in (".yml", ".md")
    ]
    stats = [(path, path.lstat()) for path in files]
    return _cached(root, tuple((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in stats))
