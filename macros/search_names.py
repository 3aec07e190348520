"""The names of things, by which a text is known to be about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from macros import search_words as words

LONGEST_NAME = 6
"""Words in the longest name that is looked for in a text."""


class Names:
    """The names of things, to find in texts."""

    def __init__(self, things: Iterable[words.Thing]) -> None:
        """Take them from what has several names (`search_words.concepts`)."""
        self.all: list[tuple[str, str, tuple[str, ...]]] = []
        self.in_texts: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for term, label, names, typed in things:
            folded = (" ".join(words.fold(name)) for name in (*names, *typed))
            self.all.append((term, label, tuple(dict.fromkeys(folded))))
            for name in names if term[1:].partition(":")[0] in words.MENTIONED else ():
                is_capitals = name.isupper() and name.lower() in words.STOP_WORDS
                self.in_texts[(words.capital_name(name),) if is_capitals else self._key(name)].add(term)
        self.first = {name[0] for name in self.in_texts if name}
        self.words = {word for _, _, called in self.all for name in called for word in name.split(" ")}

    @staticmethod
    def _key(text: str) -> tuple[str, ...]:
        return tuple(map(words.base, " ".join(words.fold(text)).replace("-", "").split()))

    def mentioned(self, text: str) -> set[str]:
        """The terms of the things that a text names."""
        said = self._key(text)
        starts = [start for start, word in enumerate(said) if word in self.first]
        named = {
            term
            for start in starts
            for end in range(start + 1, min(start + LONGEST_NAME, len(said)) + 1)
            for term in self.in_texts.get(said[start:end], ())
        }
        return named.union(*(self.in_texts.get((name,), ()) for name in words.names_in_capitals(text)))
