"""The rules for Easy Read pages: honest about who checked them, easy to get to, short. Each docstring is its rule."""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros.collection import FACETS, Collection
from macros.folders import CASES, DOCS, EASY_READ
from macros.page_checks import not_called_once, paragraphs
from macros.problems import Breach

LONGEST = 15
"""Words in a sentence. UK government's advice for Easy Read is 10 to 15."""


def easy_read_twins(collection: Collection) -> Iterator[Breach]:
    """An Easy Read page is the twin of a page that is there, which nothing else is the twin of, and which shows it."""
    seen: dict[str, str] = {}
    for slug, record in collection.easy_read.items():
        path = f"{EASY_READ}/{slug}.md"
        twin = collection.pages.get(f"{DOCS}/{record.twin}")
        if first := seen.get(record.twin):
            yield Breach(path, ("twin",), f"is the twin of {first} already", "Keep one of the two.")
        elif twin and not collection.has_record(twin.path):
            yield from not_called_once(twin, ("easy_read_card", slug))
        elif not twin and not _is_made_from_records(collection, record.twin):
            advice = "Write its place below docs/, like case-studies/minds.md or about.md."
            yield Breach(path, ("twin",), f'"{record.twin}" is no page', advice)
        seen[record.twin] = path


def easy_read_whole(collection: Collection) -> Iterator[Breach]:
    """An Easy Read page opens with its title and status, and ends with the way on, each once."""
    for slug in collection.easy_read:
        page = collection.pages[f"{EASY_READ}/{slug}.md"]
        yield from not_called_once(page, ("easy_read_opening", slug), ("easy_read_close", slug))


def easy_read_status_agrees(collection: Collection) -> Iterator[Breach]:
    """A case study says of its Easy Read version what that version says of itself; `none` if there is none."""
    twins = {record.twin: record.easy_read for record in collection.easy_read.values()}
    for slug, case in collection.cases.items():
        twin = twins.get(f"case-studies/{slug}.md")
        status = twin.status if twin else "none"
        if (case.easy_read != twin) if twin else (case.easy_read.status != "none"):
            there = "says another status, person or day" if twin else "is not there"
            yield Breach(
                f"{CASES}/{slug}.yml",
                ("easy_read", "status"),
                f"is {case.easy_read.status}, but its page in {EASY_READ} {there}",
                f"Write status: {status} here, with who and when if it is checked, or mend that page.",
            )


def easy_read_short(collection: Collection) -> Iterator[Breach]:
    """A sentence on an Easy Read page has at most 15 words."""
    for slug in collection.easy_read:
        page = collection.pages[f"{EASY_READ}/{slug}.md"]
        for line, text in paragraphs(page):
            for sentence in re.split(r"(?<=[.!?:])\s+", text):
                words = re.findall(r"[^\W_][\w'\u2019-]*", re.sub(r"\]\([^)]*\)", "]", sentence))
                if len(words) > LONGEST:
                    wrong = f'has a sentence of {len(words)} words: "{" ".join(words[:6])} \u2026"'
                    yield Breach(page.path, (), wrong, f"Make it two sentences of up to {LONGEST} words.", line)


def _is_made_from_records(collection: Collection, path: str) -> bool:
    """Whether a page below docs/ is that of a case study or of the lessons with one value."""
    match path.removesuffix(".md").split("/"):
        case ["case-studies", slug]:
            return slug in collection.ids["cases"]
        case ["lessons", group, value] if group in FACETS:
            return value in collection.ids[FACETS[group] or "cases"]
    return False
