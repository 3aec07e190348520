"""The collection: everything in the hub's files, read into records, or into problems with file and line."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from macros import problems, reading, shared
from macros.plan_parts import Plan, PlanSection
from macros.problems import Finding, Loc, Problem
from macros.records import CaseStudy, EasyReadPage, Guide, Template
from macros.shared import Dictionary, Source, Sources, Term, Vocabulary

CASES = "case_studies"
SHARED = "case_studies/_shared"
DOCS = "docs"
GUIDES = "docs/guide"
TEMPLATES = "docs/templates"
EASY_READ = "docs/easy-read"
PICTURES = Path(__file__).parent / "partials" / "pictures"

RECORD_FOLDERS = {"guides": GUIDES, "templates": TEMPLATES, "easy_read": EASY_READ}
"""The folders of pages whose front matter is a record, by the kind of its ids."""

FACETS = {"origin": "origins", "theme": "themes", "stage": "stages", "people": "people", "case": ""}
"""How lessons are sorted: the group in addresses, and its group of the vocabulary. Case studies have none."""

_SHARED: dict[str, tuple[type[BaseModel], Callable[[Any], Mapping[str, Iterable[str]]]]] = {
    "sources": (Sources, lambda list_: {"sources": (source.id for source in list_.root)}),
    "vocabulary": (Vocabulary, lambda words: words.ids),
    "dictionary": (Dictionary, lambda list_: {"terms": (term.id for term in list_.root)}),
    "tested": (shared.TestResults, lambda _: {}),
    "answers": (shared.AnswerNames, lambda _: {}),
    "contributions": (shared.Contributions, lambda _: {}),
    "plan": (Plan, lambda _: {}),
    "moved": (shared.Moves, lambda _: {}),
    "released": (shared.Released, lambda _: {}),
}
"""The lists that records share, by their files' names: what each is, and the ids in it that others point at."""

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
    easy_read: Mapping[str, EasyReadPage]
    vocabulary: Vocabulary
    dictionary: tuple[Term, ...]
    sources: tuple[Source, ...]
    tested: tuple[shared.Tested, ...]
    contributions: tuple[shared.Contribution, ...]
    plan: tuple[PlanSection, ...]
    answers: tuple[shared.TemplateNames, ...]
    moved: tuple[shared.Moved, ...]
    released: tuple[str, ...]
    pages: Mapping[str, Page]
    ids: Mapping[str, frozenset[str]]
    """For each kind of thing that can be pointed at: the ids there are, those of files with problems too."""

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

    def written(self, template: str) -> bool:
        """Whether a template has its text yet; until then it is listed and has no page of its own."""
        page = self.pages.get(f"{TEMPLATES}/{template}.md")
        return bool(page and page.body.strip())


class _Reader:
    """Reads files below a root and gathers problems."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.ids: dict[str, frozenset[str]] = {}

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
        except OSError as error:
            self.add(path, 1, Finding((), f"cannot be read ({error.strerror})", "Look at its rights.", "missing_file"))
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
            return model.model_validate(data, context=self.ids)
        except ValidationError as error:
            lines = reading.lines_of(text)
            for finding in problems.findings(error, model):
                self.add(path, reading.nearest_line(lines, finding.loc), finding)
        return None

    def shared(self, name: str, model: type[R], ids: Callable[[R], Mapping[str, Iterable[str]]]) -> R | None:
        """A list that other records point at. If it has problems, what points at it is not checked."""
        path = f"{SHARED}/{name}.yml"
        text = self.text(path)
        record = self.record(path, text, model) if text else None
        if record:
            self.ids |= {target: frozenset(found) for target, found in ids(record).items()}
        return record

    def case(self, slug: str) -> CaseStudy | None:
        path = f"{CASES}/{slug}.yml"
        text = self.text(path)
        return self.record(path, text, CaseStudy) if text else None

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
        return head, Page(path, front, body, text.count("\n") - body.count("\n") + 1)

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
        return [name.removesuffix(suffix) for name in names if name != "index.md"]

    def strays(self) -> None:
        """What lies among the records and would be passed over without a word is a problem."""
        known = {
            CASES: {"_shared", "schema.json"},
            SHARED: {f"{name}.yml" for name in _SHARED},
        }
        for folder, names in known.items():
            for path in sorted((self.root / folder).glob("[!.]*")):
                record = folder == CASES and path.suffix == ".yml" and not path.name.startswith("_")
                if path.name not in names and not record:
                    advice = f"Name it {path.stem.lstrip('_')}.yml if it is a case study, or move it away."
                    finding = Finding((), "is not read: a case study is a .yml file in case_studies", advice, "stray")
                    self.add(f"{folder}/{path.name}", 1, finding)

    def with_front_matter(self, folder: str, slugs: list[str], model: type[R], pages: dict[str, Page]) -> dict[str, R]:
        """The records in the front matter of pages, by slug; the pages are added to `pages`."""
        records: dict[str, R] = {}
        for path, slug in ((f"{folder}/{slug}.md", slug) for slug in slugs):
            if got := self.page(path):
                head, pages[path] = got
                if record := self.record(path, head, model):
                    records[slug] = record
        return records


def read(root: Path) -> tuple[Collection | None, list[Problem]]:
    """Everything below `root`, and the problems in single files.

    Returns: the collection (None if the shared lists cannot be read, since nothing can be checked without them), and
    the problems, sorted. Rules that need more than one record are in `checks`.
    """
    reader = _Reader(root)
    lists = {name: reader.shared(name, model, ids) for name, (model, ids) in _SHARED.items()}
    # Names first: records point at one another.
    reader.strays()
    names = {"cases": reader.slugs(CASES, ".yml")}
    names |= {kind: reader.slugs(folder, ".md") for kind, folder in RECORD_FOLDERS.items()}
    reader.ids |= {kind: frozenset(slugs) for kind, slugs in names.items()}
    reader.ids["pictures"] = frozenset(path.name.partition(".")[0] for path in PICTURES.glob("*.jinja"))
    pages: dict[str, Page] = {}

    cases = {slug: case for slug in names["cases"] if (case := reader.case(slug))}
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
    return collection, problems_found


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
    files = [
        path
        for folder in (CASES, DOCS)
        for path in sorted((root / folder).rglob("*"))
        if path.suffix in (".yml", ".md")
    ]
    stats = [(path, path.lstat()) for path in files]
    return _cached(root, tuple((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in stats))
