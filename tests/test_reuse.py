"""A build that takes over what has not changed gives the same site, to the byte, as one that makes everything anew."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from macros import collection as files
from macros import made_pages, pages, search
from macros.exports import published, works
from macros.views import case_list, gripp2, lesson_lists, lessons
from macros.views.links import address
from scripts import bench, listing, manifest, record_pages
from tests.conftest import ROOT, hub
from tests.test_build import digest

PAGE = "case-studies/case-0/index.html"
WITHOUT_SIZE = json.dumps({"made_of": {"cases": {}, "others": ""}, "packed_by": "", "lists": {}, "files": {"a": {}}})
CITATION = "case-studies/case-0/case-0.bib"
REPORT = "case-studies/case-0/gripp2-case-0.json"
LIST = "lessons/origin/went-wrong/index.html"


@pytest.fixture(scope="module")
def larger(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with two more case studies than the hub, as the benchmark makes them, and a built site."""
    root = tmp_path_factory.mktemp("reuse") / "hub"
    bench.generate(root, 2)
    for name in ("macros", "overrides", "scripts"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    shutil.copytree(site, root / "site")
    build(root, root / "site")
    return root


def build(root: Path, to: Path, *more: str) -> None:
    done = hub("build", "--to", str(to), *more, root=root)
    assert done.returncode == 0, done.stderr


def edit(path: Path, field: str, value: str) -> None:
    """Give a field at the top of a record another value."""
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith(f"{field}: "))
    lines[at] = f"{field}: {value}"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_after_changes_the_site_is_as_if_made_anew(larger: Path, tmp_path: Path) -> None:
    """A changed case study, the newest day of all, one that is no longer there, and a new one."""
    root, cases = larger, larger / "case_studies"
    unchanged = {path: (root / "site" / path).stat() for path in (PAGE, CITATION, REPORT)}
    edit(cases / "minds.yml", "title", "Another title than before")
    edit(cases / "minds.yml", "updated", "2026-11-24")
    (cases / "case-1.yml").rename(cases / "case-3.yml")
    build(root, root / "site")
    for path, stat in unchanged.items():
        assert (root / "site" / path).stat().st_ino == stat.st_ino, f"{path} was not taken over"
    assert "Another title than before" in (root / "site/case-studies/minds/index.html").read_text()
    build(root, tmp_path / "fresh", "--fresh")
    assert digest(root / "site") == digest(tmp_path / "fresh")


def test_a_list_that_shows_the_same_is_taken_over(larger: Path, tmp_path: Path) -> None:
    """The summary of a case study stands in no list of lessons."""
    unchanged = (larger / "site" / LIST).stat().st_ino
    edit(larger / "case_studies/minds.yml", "summary", "Somebody found another word for it.")
    build(larger, larger / "site")
    assert (larger / "site" / LIST).stat().st_ino == unchanged, "the list was not taken over"
    build(larger, tmp_path / "fresh", "--fresh")
    assert digest(larger / "site") == digest(tmp_path / "fresh")


def test_what_is_not_as_the_list_says_is_made_anew(larger: Path) -> None:
    site = larger / "site"
    right = digest(site)
    spoilt = [site / path for path in (PAGE, f"{PAGE}.br", "case-studies/case-0/index.md", REPORT)]
    for path in spoilt:
        path.write_bytes(bytes(path.stat().st_size))
    edit(larger / "case_studies/minds.yml", "title", "A third title")
    build(larger, site)
    assert all(digest(site)[str(path.relative_to(site))] == right[str(path.relative_to(site))] for path in spoilt)


def test_what_is_made_of_a_case_study_shows_nothing_of_the_others() -> None:
    """Or they could not be taken over while another case study changes."""
    collection, _ = files.current(ROOT)
    assert collection
    for slug, case in collection.cases.items():
        alone = replace(collection, cases={slug: case})
        for page in record_pages.pages_of(alone, {slug}):
            macro, *names = made_pages.calls(alone)[page]
            assert pages.MACROS[macro](alone, *names) == pages.MACROS[macro](collection, *names), page
            assert record_pages.meta(alone, page) == record_pages.meta(collection, page), page
        for name in published.OF_CASES:
            told = [list(published.of_case(of, name, slug)) for of in (alone, collection)]
            assert told[0] == told[1], name
        assert list(works.of_case(alone, slug)) == list(works.of_case(collection, slug))
        assert list(search.of_cases(alone, [slug])) == list(search.of_cases(collection, [slug]))
        cards = [[repr(card) for card in lessons.cards(of, slug)] for of in (alone, collection)]
        assert cards[0] == cards[1]


def test_the_lessons_of_a_guide_topic_show_nothing_of_case_studies() -> None:
    collection, _ = files.current(ROOT)
    assert collection
    without = replace(collection, cases={})
    for page in record_pages.pages_of(collection, collection.guides):
        macro, *names = made_pages.calls(collection)[page]
        assert pages.MACROS[macro](without, *names) == pages.MACROS[macro](collection, *names), page
        assert record_pages.meta(without, page) == record_pages.meta(collection, page), page


def test_a_build_of_everything_anew_takes_nothing_that_is_kept(larger: Path, tmp_path: Path) -> None:
    path = larger / "case_studies" / "minds.yml"
    path.write_text(path.read_text(encoding="utf-8") + "# another mark, so that nothing right is kept\n")
    collection, _ = files.read(larger)
    assert collection
    dict(files.of_each_case(collection, "lessons.csv", lambda _: b"Not what is there\r\n"))
    build(larger, tmp_path / "site")
    assert b"Not what is there" in (tmp_path / "site/data/v1/lessons.csv").read_bytes()
    build(larger, tmp_path / "site", "--fresh")
    assert b"Not what is there" not in (tmp_path / "site/data/v1/lessons.csv").read_bytes()


def test_the_folder_of_such_a_page_has_nothing_else(larger: Path) -> None:
    """It is taken over as a whole."""
    collection, _ = files.current(larger)
    assert collection
    found = manifest.read(larger / "site").files
    for page in (*record_pages.pages_of(collection, set(collection.cases)), *made_pages.marks_of_lists(collection)):
        there = set(record_pages._paths(collection, page))
        if (case := page.removeprefix("case-studies/").removesuffix(".md")) in collection.cases:
            there |= {gripp2.path(case, ending) for _, ending in gripp2.FILES}
        assert set(found.without_forms(address(page).rstrip("/"))) == there, page


SHOWN = ("lesson", "detail", "themes", "origin", "stages", "people", "how_known", "source", "guides", "templates")


@pytest.mark.parametrize("field", [*SHOWN, "short_title"])
def test_a_list_of_lessons_with_the_same_mark_is_the_same(field: str) -> None:
    """Whatever changes in one lesson or its case study, each list that shows it has another mark."""
    collection, _ = files.current(ROOT)
    assert collection
    case = collection.cases["minds"]
    if field == "short_title":
        changed = case.model_copy(update={field: "Other words"})
    else:
        first = case.lessons[0]
        values = (getattr(lesson, field) for _, _, record in collection.with_lessons for lesson in record.lessons)
        value = "Other words" if field == "lesson" else next(v for v in values if v and v != getattr(first, field))
        lessons = [first.model_copy(update={field: value}), *case.lessons[1:]]
        changed = case.model_copy(update={"lessons": lessons})
    then = replace(collection, cases={**collection.cases, "minds": changed})
    before, after = lesson_lists.marks(collection), lesson_lists.marks(then)
    assert before != after
    calls = made_pages.calls(then)
    for page in before.keys() & after.keys():
        macro, *names = calls[page]
        same = pages.MACROS[macro](collection, *names) == pages.MACROS[macro](then, *names)
        same = same and record_pages.meta(collection, page) == record_pages.meta(then, page)
        assert same or before[page] != after[page], page


@pytest.mark.parametrize(
    "field", ["title", "short_title", "summary", "kind", "where", "places", "people", "stages", "lessons"]
)
def test_a_list_of_case_studies_with_the_same_mark_is_the_same(field: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case_list, "WHOLE", 1)
    monkeypatch.setattr(case_list, "PART", 1)
    as_it_is, _ = files.current(ROOT)
    assert as_it_is
    collection = replace(as_it_is)  # of which nothing is known yet that was made with other sizes
    first, other = collection.cases["minds"], collection.cases["include"]
    assert getattr(first, field) != getattr(other, field)
    changed = first.model_copy(update={field: getattr(other, field)})
    then = replace(collection, cases={**collection.cases, "minds": changed})
    before, after = case_list.marks(collection), case_list.marks(then)
    assert len(before) == len(collection.cases) - 1
    shown = {page: pages.case_studies_part(collection, str(part)) for page, part in case_list.later_parts(then).items()}
    for page, part in case_list.later_parts(then).items():
        same = pages.case_studies_part(then, str(part)) == shown[page]
        assert record_pages.meta(collection, page) == record_pages.meta(then, page)
        assert same or before[page] != after[page], page


@pytest.fixture
def listed(tmp_path: Path) -> manifest.Manifest:
    """The list of a site of two files."""
    site = tmp_path / "site"
    site.mkdir()
    for name in ("a.html", "b.html"):
        (site / name).write_text(name)
    told = {name: manifest.listed(name.encode()) for name in ("a.html", "b.html")}
    made_of = manifest.MadeOf({"one": "1", "two": "2"}, "code")
    manifest.write(manifest.Manifest(site, made_of, "a packer", {}, listing.Listing()), [listing.line(told.items())])
    return manifest.read(site)


def test_files_are_taken_over_all_or_none(listed: manifest.Manifest) -> None:
    assert listed.still_has_folder("")
    assert not listed.still_has_folder("no-such-folder")
    (listed.site / "b.html").write_text("B.HTML")
    os.utime(listed.site / "b.html", ns=(0, listed.written + 1))  # or the clock of the disk may not have gone on
    assert not listed.still_has_folder("")
    assert not listed.still_has("b.html")
    assert not listed.still_has("c.html")
    assert listed.still_has("a.html")


def test_what_is_unchanged_depends_on_the_case_study_and_on_all_that_is_shared(listed: manifest.Manifest) -> None:
    now = manifest.MadeOf({"one": "1", "two": "changed", "three": "3"}, "code")
    assert listed.unchanged(now) == {"one"}
    assert listed.unchanged(replace(now, others="other code")) == frozenset()
    assert manifest.nothing(listed.site).unchanged(now) == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"made_of": "a mark", "files": {}}',
        json.dumps({"made_of": {}, "files": 1}),
        WITHOUT_SIZE,
    ],
)
def test_a_list_that_cannot_be_used_is_none(tmp_path: Path, text: str) -> None:
    """Such as one that an older version wrote, or that was cut short."""
    (tmp_path / manifest.NAME).write_text(text)
    assert manifest.read(tmp_path) == manifest.nothing(tmp_path)


def test_a_list_is_read_as_it_was_written(listed: manifest.Manifest) -> None:
    manifest.write(listed, listed.files.lines.values())
    assert replace(manifest.read(listed.site), written=listed.written) == listed
    assert listed.is_whole(listed.made_of)
    assert not listed.is_whole(replace(listed.made_of, others="1"))
    (listed.site / "b.html").unlink()
    assert not listed.is_whole(listed.made_of)
