"""The segments of a large hub's index: together they are the index, whatever was weighed before."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from macros import list_sets, search_files, search_index, search_segments, search_weights
from macros.collection import Collection, read
from macros.kept import CACHE_VARIABLE
from macros.search import Found
from macros.search_names import Names
from macros.search_postings import Postings, given, joined
from scripts import bench
from tests.test_reuse import edit

CASES = 110
"""Case studies that make a large hub here, beside the hub's own."""


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A hub that is large enough to have segments."""
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    bench.generate(tmp_path / "hub", CASES)
    return tmp_path / "hub"


def collection_of(root: Path) -> Collection:
    collection, problems = read(root)
    assert collection
    assert not problems
    return collection


def files(root: Path) -> dict[str, str]:
    """The files of the search and of the filters."""
    collection = collection_of(root)
    return search_files.files(collection) | list_sets.files(collection)


def postings(*of_segments: tuple[list[tuple[int, int]], int]) -> Postings:
    """Postings joined of segments: the records and levels of each, and how many records the segment has."""
    parts, start = {}, 0
    for levels, size in of_segments:
        if levels:
            parts[start] = given("a", levels)
        start += size
    return joined(parts, start)


def test_after_any_change_the_files_are_as_if_made_anew(
    hub: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weighed: list[int] = []

    def weigh(found: list[Found], names: Names) -> search_weights.Segment:
        all_ = list(found)
        weighed.append(len(all_))
        return search_weights.weigh(all_, names)

    def after_change() -> int:
        """Check the files as they are made now. Returns how many segments were weighed for them."""
        weighed.clear()
        made, count = files(hub), len(weighed)
        with monkeypatch.context() as elsewhere:
            elsewhere.setenv(CACHE_VARIABLE, str(tmp_path / f"{random.random()}"))  # noqa: S311  (any name does)
            assert made == files(hub)
        return count

    monkeypatch.setattr(search_segments, "weigh", weigh)
    cases = hub / "case_studies"
    segments = after_change()
    assert segments >= 3
    assert after_change() == 0
    edit(cases / "case-10.yml", "summary", "Nobody ever wrote quaxolotl before.")
    assert after_change() == 1
    (cases / "case-50.yml").unlink()
    assert after_change() <= 3  # it may have begun a segment; and the one with the templates, which lessons are about
    (cases / "case-100.yml").rename(cases / "a-new-one.yml")
    assert after_change() <= 5
    edit(
        hub / "docs" / "guide" / "slow-down.md",
        "summary",
        "Names of things may be others now.",
    )
    assert after_change() >= segments - 1
    for number in range(20, 50):
        (cases / f"case-{number}.yml").unlink()
    assert after_change() == 1  # a hub that is so small has one segment


def test_a_small_hub_is_one_segment(real: Collection) -> None:
    one, whole = search_segments.index(real), search_segments.index(real, together=0)
    assert search_files.cut(one) == search_files.cut(whole)


def test_segments_find_what_one_index_finds(hub: Path) -> None:
    """Each word in the same records, and hardly ever on a level that is far from that."""
    collection = collection_of(hub)
    segments, one = search_segments.index(collection), search_segments.index(collection, together=1000)
    named = {word for _, _, names in one.names for name in names for word in name.split()}
    assert segments.forms.keys() | {*segments.common} | named == one.forms.keys() | {*one.common} | named
    assert segments.names == one.names

    def levels(index: search_index.Index) -> dict[tuple[str, str, str], int]:
        titles, addresses = index.records[1:3]
        return {
            (term, titles[number], addresses[number]): level
            for term, of_term in index.terms.items()
            for number, level in of_term
        }

    in_segments, in_one = levels(segments), levels(one)
    both = in_segments.keys() & in_one.keys()
    assert len(both) >= 0.99 * len(in_one)  # but for words that a twelfth has here, and less there
    assert len(both) >= 0.95 * len(in_segments)
    apart = Counter(abs(in_segments[key] - in_one[key]) for key in both)
    assert apart[0] + apart[1] >= 0.95 * len(both)


def test_how_rare_a_word_is_counts_as_in_one_index() -> None:
    """Two segments of the same: only how many records the hub has tells them from one."""
    chance = random.Random(1)  # noqa: S311  (the same every time is what is wanted)

    def some(half: str) -> list[Found]:
        words = [f"w{round(chance.paretovariate(0.7))}" for _ in range(5000)]
        return [
            Found("Lesson", " ".join(words[at : at + 8]), f"{half}/{at}.md", "", " ".join(words[at : at + 20]))
            for at in range(0, 4800, 10)
        ]

    chance.seed(1)
    first = some("first")
    chance.seed(1)
    second = some("second")
    names = Names(())
    both = search_index.join([search_weights.weigh(first, names), search_weights.weigh(second, names)], names)
    whole = search_index.build([*first, *second], ())
    assert both.terms.keys() == whole.terms.keys()
    apart = Counter(
        ours - theirs
        for term in whole.terms
        for (number, ours), (same, theirs) in zip(both.terms[term], whole.terms[term], strict=True)
        if number == same
    )
    assert apart.total() == sum(map(len, whole.terms.values()))
    assert apart[0] >= 0.95 * apart.total()
    assert apart.keys() <= {-1, 0, 1}


def test_postings_are_read_as_they_were_written() -> None:
    first = [(0, 3), (43, 0), (88, 7), (60_000, 1)]
    second = [(5, 2), (6, 2)]
    all_ = postings((first, 60_001), ([], 50), (second, 7))
    assert list(all_) == [*first, *((60_051 + number, level) for number, level in second)]
    assert len(all_) == 6


@pytest.mark.parametrize("most", [1, 2, 40, 99, 100, 101])
def test_the_best_are_kept_and_of_equals_the_first(most: int) -> None:
    chance = random.Random(most)  # noqa: S311
    levels = [(number, chance.randrange(8)) for number in sorted(chance.sample(range(10_000), 100))]
    best = sorted(levels, key=lambda one: (-one[1], one[0]))[:most]
    assert list(postings((levels, 10_000)).best(most)) == sorted(best)
