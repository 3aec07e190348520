"""Reads the hub's files into records, or into problems with file and line: one file at a time."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from macros import problems, reading, shared
from macros.folders import CASES, SHARED
from macros.kept import code, kept_of_each
from macros.plan_parts import Plan
from macros.problems import Finding, Problem
from macros.records import CaseStudy, Page
from macros.shared import Dictionary, Sources, Vocabulary

LISTS: dict[str, tuple[type[BaseModel], Callable[[Any], Mapping[str, Iterable[str]]]]] = {
    "sources": (Sources, lambda list_: {"sources": (source.id for source in list_.root)}),
    "vocabulary": (Vocabulary, lambda words: words.ids),
    "dictionary": (Dictionary, lambda list_: {"terms": (term.id for term in list_.root)}),
    "needs": (shared.Needs, lambda _: {}),
    "tested": (shared.TestResults, lambda _: {}),
    "answers": (shared.AnswerNames, lambda _: {}),
    "contributions": (shared.Contributions, lambda _: {}),
    "plan": (Plan, lambda _: {}),
    "moved": (shared.Moves, lambda _: {}),
    "released": (shared.Released, lambda _: {}),
}
"""The lists that records share, by their files' names: what each is, and the ids in it that others point at."""

WRITTEN = ("answers", "released")
"""Those that commands write, which grow with the hub."""

R = TypeVar("R", bound=BaseModel)


class Reader:
    """Reads files below a root and gathers problems."""

    def __init__(self, root: Path) -> None:
        """Read below `root`. `ids` grows as lists and names are read, and `marks` has one of each file's text."""
        self.root = root
        self.problems: list[Problem] = []
        self.ids: dict[str, frozenset[str]] = {}
        self.marks: dict[str, str] = {}

    def add(self, path: str, line: int, finding: Finding) -> None:
        """Note a problem."""
        name = problems.field_name(finding.loc)
        self.problems.append(Problem(path, line, name, finding.wrong, finding.advice, finding.rule))

    def text(self, path: str, most: int = reading.MAX_BYTES) -> str | None:
        """The text of a file of `most` bytes, or None if it cannot be read."""
        try:
            text = reading.read_text(self.root / path, most)
        except FileNotFoundError:
            self.add(path, 1, Finding((), "is missing", "Put it back; the hub cannot do without it.", "missing_file"))
        except reading.Unreadable as error:
            self.add(path, error.line, error.finding)
        except OSError as error:
            self.add(path, 1, Finding((), f"cannot be read ({error.strerror})", "Look at its rights.", "missing_file"))
        else:
            self.marks[path] = sha256(text.encode()).hexdigest()
            return text
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
        text = self.text(path, reading.MAX_BYTES_OF_OURS if name in WRITTEN else reading.MAX_BYTES)
        record = self.record(path, text, model) if text else None
        if record:
            self.ids |= {target: frozenset(found) for target, found in ids(record).items()}
        return record

    def case(self, slug: str) -> CaseStudy | None:
        """A case study, or None if it has problems."""
        path = f"{CASES}/{slug}.yml"
        text = self.text(path)
        return self.record(path, text, CaseStudy) if text else None

    def cases(self, slugs: Iterable[str]) -> dict[str, CaseStudy]:
        """The case studies without problems, by slug. One whose file was read before is taken over as it was kept."""
        paths = {slug: f"{CASES}/{slug}.yml" for slug in slugs}
        marks = {slug: self.marks[path] for slug, path in paths.items() if self.text(path)}
        found: dict[str, CaseStudy] = {}

        def anew(slug: str) -> bytes:
            if case := self.case(slug):
                found[slug] = case
            is_same = self.marks.get(paths[slug]) == marks[slug]  # or else somebody has just written it
            return pickle.dumps(case, protocol=5) if case and is_same else b""

        # Its fields may name whatever there is but other case studies, which come and go.
        others = {kind: sorted(ids) for kind, ids in self.ids.items() if kind != "cases"}
        made_of = f"{code()} {json.dumps(others, sort_keys=True)}"
        for slug, kept in kept_of_each(f"case studies {self.root}", made_of, marks, anew):
            if kept and slug not in found:
                found[slug] = pickle.loads(kept)  # noqa: S301  (it is our own, from the user's own folder)
        return found

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
            SHARED: {f"{name}.yml" for name in LISTS},
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
