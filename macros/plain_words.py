"""The plain-language report: words and sentences of the hub's own text that may be hard to read.

It advises an editor and refuses nothing. Quotations are left out: they are somebody's exact words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import textstat

from macros import reading
from macros.collection import Collection
from macros.folders import CASES, SHARED
from macros.page_checks import paragraphs
from macros.problems import Loc
from macros.records import Page

LONGEST = 20
"""Words in a sentence. It is the hub's own rule for content; GOV.UK's is 25."""

SYLLABLES = 3
"""A word with fewer is not called hard. It is what the Gunning fog index calls a complex word."""

NOT_PROSE = frozenset(("source", "words", "evidence_says", "lived_experience_says", "contributors", "licence", "twin"))
"""Fields that hold somebody else's words, a name, or the place of something."""


@dataclass(frozen=True)
class HardWord:
    """A word that may be hard, and the lines (from 1) where it stands."""

    word: str
    lines: tuple[int, ...]


@dataclass(frozen=True)
class LongSentence:
    """A sentence of more than `LONGEST` words, and the line (from 1) on which its text starts."""

    line: int
    words: int
    opening: str
    """Its first words."""


@dataclass(frozen=True)
class PlainWords:
    """What may be hard in one file."""

    path: str
    hard: tuple[HardWord, ...]
    """Those that stand most often first."""
    long: tuple[LongSentence, ...]
    """The longest first."""
    grade: float | None
    """Flesch-Kincaid grade: years at school, in the United States. None for a file without a sentence."""

    @property
    def age(self) -> int | None:
        """About how old a pupil of that grade is."""
        return None if self.grade is None else max(5, round(self.grade) + 5)


def own_files(collection: Collection) -> list[str]:
    """The files that hold text for readers, below the root."""
    shared = [f"{SHARED}/{name}.yml" for name in ("dictionary", "vocabulary")]
    return sorted([*(f"{CASES}/{slug}.yml" for slug in collection.cases), *collection.pages, *shared])


def report(collection: Collection, path: str) -> PlainWords:
    """The plain-language report of one file.

    Args: `collection`, for its dictionary: what is explained there is not called hard; `path`, a case study, list or
    page, below the root or absolute.
    Raises: `reading.Unreadable`, `OSError`.
    """
    texts = list(_texts(collection.root / path))
    known = _explained(collection)
    hard: dict[str, list[int]] = {}
    long = []
    for line, text in texts:
        for word in _hard(known.sub(" ", text)):
            hard.setdefault(word, []).append(line)
        for sentence in _sentences(text):
            words = _WORD.findall(sentence)
            if len(words) > LONGEST:
                long.append(LongSentence(line, len(words), " ".join(sentence.split()[:8])))
    prose = " ".join(sentence for _, text in texts for sentence in _sentences(text) if sentence.endswith((".", "?")))
    return PlainWords(
        path,
        tuple(
            HardWord(word, tuple(sorted(set(lines))))
            for word, lines in sorted(hard.items(), key=lambda item: (-len(item[1]), item[0]))
        ),
        tuple(sorted(long, key=lambda found: -found.words)),
        textstat.flesch_kincaid_grade(prose) if prose else None,
    )


# --- The text of a file -----------------------------------------------------------------------------------------------

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_QUOTED = re.compile(r"\u201c[^\u201d]*\u201d|\"[^\"]*\"")
_NOT_READ_OUT = re.compile(r"\]\([^)]*\)|`[^`]*`|https?://\S+|[*\[]")


def _texts(path: Path) -> Iterator[tuple[int, str]]:
    """The paragraphs of a file that are ours, with the lines they start on."""
    text = reading.read_text(path)
    head, body = reading.split_page(text) if path.suffix == ".md" else (text, "")
    lines: dict[Loc, int] = {}
    if head:
        data, _ = reading.parse(head, lines)
        for loc, value in _fields(data, ()):
            for paragraph in re.split(r"\n\s*(?:\n|[-*] |\d+\. )\s*", value):
                yield lines[loc], _plain(paragraph)
    page = Page(path.name, {}, body, text.count("\n") - body.count("\n") + 1)
    for line, paragraph in paragraphs(page):
        yield line, _plain(paragraph)


def _fields(value: object, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """The texts in plain data that have more than one word; a single one is an id, a day or a choice."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in NOT_PROSE:
                yield from _fields(item, (*loc, key))
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from _fields(item, (*loc, position))
    elif isinstance(value, str) and " " in value.strip():
        yield loc, value


def _plain(text: str) -> str:
    """A text as it is read out: without marks, addresses and quotations."""
    return " ".join(_NOT_READ_OUT.sub(" ", _QUOTED.sub(" ", text)).split())


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?:;])\s+(?=\S)", text)


# --- Hard words -------------------------------------------------------------------------------------------------------

# Endings that do not make an easy word hard, and what may have stood in their place.
_ENDINGS = (("ies", "y"), ("ied", "y"), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"), ("es", ""), ("s", ""))
_MORE_ENDINGS = (("ly", ""), ("ily", "y"), ("ers", "er"), ("er", ""), ("er", "e"), ("ment", ""), ("ful", ""))
# The list of easy words is American.
_SPELLINGS = (("isation", "ization"), ("isat", "izat"), ("is", "iz"), ("our", "or"), ("tre", "ter"), ("ogue", "og"))


def _explained(collection: Collection) -> re.Pattern[str]:
    """Finds the words that the dictionary explains, and the other names that it has for them."""
    names = {name for term in collection.dictionary for name in (term.term, *term.also)}
    either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?i)\b(?:{either or '(?!)'})(?:s|'s|\u2019s)?\b")


def _hard(text: str) -> Iterator[str]:
    """The words of a text that may be hard. A capital inside a sentence makes a name, and names are not words."""
    for sentence in _sentences(text):
        for position, word in enumerate(_WORD.findall(sentence)):
            if position and not word.islower():
                continue
            for part in re.split(r"['\u2019](?:s|t|re|ve|ll|d|m)$|-", word.casefold()):
                if len(part) > 1 and not _is_easy(part):
                    yield part


def _is_easy(word: str) -> bool:
    stems = {word, *(word.removesuffix(end) + put for end, put in (*_ENDINGS, *_MORE_ENDINGS) if word.endswith(end))}
    spelled = {stem.replace(british, american) for stem in stems for british, american in _SPELLINGS} | stems
    return not all(textstat.is_difficult_word(stem, SYLLABLES) for stem in spelled if stem)
