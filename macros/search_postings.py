"""Where words stand, packed in strings: in which records, and how much each tells there.

A large hub has millions of these. They are only taken apart where the best have to be chosen.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

LEVELS = 8  # up to 10, since each is written as a digit
LOWEST, STEP = 0.4, 1.7
"""A weight is kept as one of a few levels: level n stands for LOWEST x STEP^n. More levels find no better."""

_FINE = 16
"""Into how many each level is cut as long as it is not known in how many records of the hub a word stands."""

_ZERO, _LAST = 80, 255
"""The letters that stand for the lowest of these levels and for the highest that can be written, as bytes."""


@dataclass(frozen=True, slots=True)
class Postings:
    """The records that a term stands in, by their numbers, and the level of its weight in each."""

    steps: str
    """A letter for each step from record to record."""
    levels: str
    """A digit for each record."""

    def __len__(self) -> int:
        """In how many records the term stands."""
        return len(self.levels)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """The numbers of the records, which grow, and the levels."""
        return zip(_numbers(self.steps), map(int, self.levels), strict=True)

    def best(self, most: int) -> Postings:
        """So many records at most: those with the highest levels, and of these the first ones."""
        if len(self) <= most:
            return self
        lowest, left = LEVELS - 1, most
        while (count := self.levels.count(str(lowest))) < left:
            lowest, left = lowest - 1, left - count
        digit = str(lowest)
        numbers, levels = [], []
        for number, level in zip(_numbers(self.steps), self.levels, strict=True):
            if level > digit or (level == digit and left):
                left -= level == digit
                numbers.append(number)
                levels.append(level)
        return Postings(_steps(numbers), "".join(levels))


class Packed(NamedTuple):
    """The records of one segment that a term stands in, and how much it tells there, however rare it is in the hub."""

    term: str
    forms: str
    """The words as they stand in texts, with blanks between; none for what is no word."""
    stands: int
    """In how many fields of records lunr has it; 0 if it is not weighed."""
    first: int
    """The number of the first record, and of the last one, counted from the first of the segment."""
    last: int
    steps: str
    """From the first record on."""
    weights: str


def joined(parts: Mapping[int, Packed], records: int) -> Postings:
    """The postings of one term in several segments, put one after the other.

    Args: `parts`, what is in each segment by the number of its first record, which grows; `records`, how many there are
    in the hub.
    """
    last = -1
    steps: list[str] = []
    for start, part in parts.items():
        steps += (_letter(start + part.first - last - 1), part.steps)
        last = start + part.last
    stands = sum(part.stands for part in parts.values())
    letters = "".join(part.weights for part in parts.values()).encode("latin-1")
    return Postings("".join(steps), letters.translate(_levels(_rarity(stands, records) if stands else 0)).decode())


def weighed(term: str, forms: str, counted: tuple[int, int], more: int, weights: Iterable[tuple[int, float]]) -> Packed:
    """What lunr weighed, without what it counts that a term is rare among the records of its segment.

    Args: `term`; `forms`; `counted`, how many records lunr counted, and fields of them with the term; `more`, fields
    with it that lunr did not count; `weights`, the numbers of its records, which grow, and the weights.
    """
    records, stands = counted
    rarity = _rarity(stands, records)
    return _packed(term, forms, stands + more, [(number, _fine(weight) - rarity) for number, weight in weights])


def given(term: str, levels: Iterable[tuple[int, int]]) -> Packed:
    """Records with levels that nothing changes: their numbers, which grow, and the levels."""
    return _packed(term, "", 0, [(number, level * _FINE) for number, level in levels])


def _packed(term: str, forms: str, stands: int, fine: list[tuple[int, int]]) -> Packed:
    numbers = [number for number, _ in fine]
    letters = "".join(chr(min(_LAST, max(_DIGIT, _ZERO + level))) for _, level in fine)
    return Packed(term, forms, stands, numbers[0], numbers[-1], _steps(numbers)[1:], letters)


def _fine(weight: float) -> int:
    """The fine level of a weight. lunr rounds, so one of a word that is in every record can be nothing at all."""
    return math.floor((math.log(max(weight, 0.0005) / LOWEST, STEP) + 0.5) * _FINE)


@functools.lru_cache(maxsize=10_000)
def _rarity(stands: int, records: int) -> int:
    """By how many fine levels a term counts more, or less, for standing in so many of so many records.

    It is what lunr counts (`lunr.idf`, which must be given all records themselves).
    """
    return round(math.log(math.log(1 + abs((records - stands + 0.5) / (stands + 0.5))), STEP) * _FINE)


@functools.lru_cache(maxsize=1000)
def _levels(rarity: int) -> bytes:
    """The digits of levels for the letters of fine ones, for terms that are so rare."""
    fine = (letter - _ZERO + rarity for letter in range(256))
    return bytes(_DIGIT + min(LEVELS - 1, max(0, level // _FINE)) for level in fine)


_DIGIT = ord("0")


def _steps(numbers: Iterable[int]) -> str:
    before, letters = -1, []
    for number in numbers:
        letters.append(_letter(number - before - 1))
        before = number
    return "".join(letters)


def _numbers(steps: str) -> Iterator[int]:
    number = -1
    for code in map(ord, steps):
        number += code - (47 if code < 92 else 0xFF if code < 0xD800 else 0xFFFF)
        yield number


def _letter(step: int) -> str:
    """A step as one letter that JSON leaves as it is, from the digit 0 on. `stepOf` in index.js reads it."""
    return chr(step + (_DIGIT if step < 44 else 0x100 if step < 0xD700 else 0x10000))
