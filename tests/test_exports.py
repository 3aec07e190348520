"""Open data, citations, reports and feeds: each is read back with a program that others wrote."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import textwrap
import tomllib
from collections.abc import Iterator
from importlib.resources import files as files_of
from pathlib import Path
from typing import Any

import atoma
import openpyxl
import pytest
import rispy
import yaml
from bibtexparser import middlewares
from bibtexparser.entrypoint import parse_string
from jsonschema import Draft7Validator, Draft202012Validator
from lxml import html
from openxml_audit import OpenXmlValidator
from rdflib import DCTERMS, RDF, SDO, Graph, URIRef

from macros import made_pages
from macros.collection import Collection, read
from macros.exports import citing, data, feeds, shape, works
from macros.kept import CACHE_VARIABLE
from macros.views import gripp2
from macros.views.links import ADDRESS_VARIABLE, address, lesson_page
from tests.conftest import ROOT, copy_of_project, hub, office

HERE = "https://hub.example/"
PUBLISHED = ROOT / "tests" / "published"


@pytest.fixture
def on_the_web(monkeypatch: pytest.MonkeyPatch) -> Collection:
    """The hub's own collection, while the hub has an address."""
    monkeypatch.setenv(ADDRESS_VARIABLE, HERE)
    collection, _ = read(ROOT)
    assert collection
    return collection


@pytest.fixture
def nasty(miniature: Path) -> Collection:
    """A collection with a lesson that is hard to write into files."""
    path = miniature / "case_studies" / "garden.yml"
    record = yaml.safe_load(path.read_text())
    record["lessons"][0]["lesson"] = '=SUM(A1); "Sŵn y môr", it\'s 50% & {more} \\ #1_2 ~ ^ $5'
    record["lessons"][0]["detail"] = 'Un.\n\nDau, "tri";\npedwar: ŵŷ'
    path.write_text(yaml.safe_dump(record, allow_unicode=True))
    collection, problems = read(miniature)
    assert collection
    assert not problems
    return collection


# --- Data -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", shape.FILES)
def test_a_file_passes_its_own_schema_and_a_spoilt_one_does_not(name: str, site: Path) -> None:
    folder = site / shape.FOLDER
    schema = json.loads((folder / f"{name}.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    held = json.loads((folder / f"{name}.json").read_text())
    assert held["items"]
    validator.validate(held)
    del held["items"][0][next(iter(held["items"][0]))]
    assert not validator.is_valid(held)


@pytest.mark.parametrize("name", shape.FILES)
def test_the_shape_is_the_one_that_was_published(name: str, request: pytest.FixtureRequest) -> None:
    path = PUBLISHED / shape.VERSION / f"{name}.schema.json"
    if request.config.getoption("--accept") and not path.is_file():  # a new version; a published one stays as it is
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(data.schema(name), encoding="utf-8")
    assert path.is_file(), f"Version {shape.VERSION} is new. If it is right: ./scripts/test --accept"
    advice = (
        "The shape has changed. Count up VERSION in macros/exports/shape.py, and tell of it in docs/data/changelog.md"
    )
    assert data.schema(name) == path.read_text(encoding="utf-8"), advice


def test_the_version_is_in_the_list_of_changes() -> None:
    assert f"## {shape.VERSION}\n" in (ROOT / "docs" / "data" / "changelog.md").read_text()


def test_every_file_that_is_promised_is_made(real: Collection) -> None:
    assert {path for path, _ in data.files(real)} == data.paths()


def test_every_lesson_is_there_once_with_the_words_and_the_source_of_its_page(real: Collection, site: Path) -> None:
    folder = site / shape.FOLDER
    in_json = json.loads((folder / "lessons.json").read_text())["items"]
    in_csv = list(csv.DictReader(io.StringIO((folder / "lessons.csv").read_text(encoding="utf-8-sig"), newline="")))
    wanted = [f"{slug}/{lesson.id}" for slug, _, record in real.with_lessons for lesson in record.lessons]
    assert [lesson["id"] for lesson in in_json] == [line["id"] for line in in_csv] == wanted
    for lesson, line in zip(in_json, in_csv, strict=True):
        page = html.document_fromstring((site / lesson["address"] / "index.html").read_text())
        said = " ".join(page.text_content().split())
        assert lesson["lesson"] == line["lesson"] == page.xpath("string(//h1)").strip()
        assert lesson["source"]["at"] == line["source_at"]
        assert f"{lesson['source']['title']}, {lesson['source']['at']}" in said
        assert lesson["origin"]["label"] == line["origin_label"] in said
        assert (lesson["detail"] or "") == line["detail"]


def test_a_table_opens_whatever_is_in_it(nasty: Collection, tmp_path: Path) -> None:
    text = b"".join(dict(data.files(nasty))[f"{shape.FOLDER}/lessons.csv"]).decode()
    assert text.startswith("\ufeff")
    first = next(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    told = nasty.cases["garden"].lessons[0]
    assert first["lesson"] == f"'{told.lesson}"  # the apostrophe makes a formula harmless
    assert first["detail"] == told.detail
    (tmp_path / "lessons.csv").write_text(text, encoding="utf-8", newline="")
    office("--infilter=CSV:44,34,UTF-8", "--convert-to", "xlsx", tmp_path / "lessons.csv", to=tmp_path)
    cells = openpyxl.load_workbook(tmp_path / "lessons.xlsx").active
    assert cells
    assert [cell.value for cell in cells[1]] == list(first)
    assert cells["C2"].value.lstrip("'") == told.lesson
    assert "Dau" in cells["D2"].value
    assert "ŵŷ" in cells["D2"].value


def test_the_codebook_names_every_column(real: Collection) -> None:
    made = {path: b"".join(pieces).decode() for path, pieces in data.files(real)}
    for name in shape.TABLES:
        heads = next(csv.reader(io.StringIO(made[f"{shape.FOLDER}/{name}.csv"].removeprefix("\ufeff"))))
        book = csv.DictReader(io.StringIO(made[f"{shape.FOLDER}/codebook.csv"].removeprefix("\ufeff")))
        assert [line["column"] for line in book if line["file"] == f"{name}.csv"] == heads


# --- The examples on the page -----------------------------------------------------------------------------------------


def _example(heading: str) -> str:
    """The code below a heading of the page on open data."""
    text = (ROOT / "docs" / "data" / "index.md").read_text()
    part = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return textwrap.dedent("\n".join(line for line in part.splitlines() if line.startswith("    ") or not line)).strip()


def _counted(real: Collection) -> dict[str, int]:
    labels = {value.id: value.label for value in real.vocabulary.origins}
    told = [labels[lesson.origin] for _, _, record in real.with_lessons for lesson in record.lessons]
    return {label: told.count(label) for label in set(told)}


def _printed(text: str) -> dict[str, int]:
    return {origin: int(count) for count, origin in re.findall(r"(?m)^(\d+) (.*?) *$", text)}


def test_the_example_in_python_runs(real: Collection, site: Path) -> None:
    command = [sys.executable, "-c", _example("Use it in Python")]
    done = subprocess.run(command, cwd=site / shape.FOLDER, capture_output=True, text=True, check=True)
    assert _printed(done.stdout) == _counted(real)


def test_the_example_in_r_runs(real: Collection, site: Path, tmp_path: Path) -> None:
    (tmp_path / "example.R").write_text(_example("Use it in R"))
    command = [os.environ["R_PATH"], str(tmp_path / "example.R")]
    utf8 = os.environ | {"LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, cwd=site / shape.FOLDER, env=utf8, capture_output=True, text=True, check=True)
    assert _printed(done.stdout) == _counted(real)


def test_the_example_for_spreadsheets_counts(real: Collection, site: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    lines = list(csv.reader(io.StringIO((site / shape.FOLDER / "lessons.csv").read_text("utf-8-sig"), newline="")))
    sheet, counted = book.active, book.create_sheet("counted")
    assert sheet
    for line in lines:
        sheet.append(line)
    counted["A1"] = _example("Use it in a spreadsheet").replace(";", ",").replace("E:E", f"{sheet.title}!E:E")
    book.move_sheet(counted, offset=-1)
    book.save(tmp_path / "example.xlsx")
    office("--convert-to", "csv", tmp_path / "example.xlsx", to=tmp_path)
    assert int((tmp_path / "example.csv").read_text()) == _counted(real)["What went wrong"]


# --- Citations --------------------------------------------------------------------------------------------------------


def _in_bibtex(text: str) -> dict[str, dict[str, str]]:
    library = parse_string(text, append_middleware=[middlewares.LatexDecodingMiddleware()])
    assert not library.failed_blocks
    # its reader of LaTeX gives another circumflex than was written
    return {
        entry.key: {field.key: str(field.value).replace("\u02c6", "^") for field in entry.fields}
        for entry in library.entries
    }


def _name(author: dict[str, str]) -> str:
    return author.get("literal") or f"{author['family']}, {author['given']}"


def _same(cited: list[works.Work]) -> None:
    """The three forms say the same of some works."""
    bibtex = _in_bibtex(citing.BIBTEX.whole(cited))
    ris = {entry["id"]: entry for entry in rispy.loads(citing.RIS.whole(cited).replace("\r\n", "\n"))}
    csl = {item["id"]: item for item in json.loads(citing.CSL_JSON.whole(cited))}
    assert bibtex.keys() == ris.keys() == csl.keys() == {work.key for work in cited}
    for key, item in csl.items():
        names = [_name(author) for author in item.get("author", ())]
        assert ris[key].get("authors", []) == names
        assert bibtex[key].get("author", "") == " and ".join(names)
        title = item.get("title", "")
        assert ris[key].get("title", "") == title
        assert re.sub(r"\s+", " ", bibtex[key].get("title", "")) == title
        for ours, theirs in (("DOI", "doi"), ("volume", "volume"), ("URL", "url")):
            assert bibtex[key].get(theirs) == item.get(ours)
        assert (ris[key].get("urls") or [None])[0] == item.get("URL")
        assert ris[key].get("doi") == item.get("DOI")
        year = str(item["issued"]["date-parts"][0][0]) if "issued" in item else None
        assert bibtex[key].get("year") == ris[key].get("year") == year


def cited_pages(collection: Collection) -> dict[str, works.Work]:
    """What can be cited, by page."""
    found = {page: works.of_page(collection, page) for page in made_pages.own_titles(collection)}
    return {page: work for page, work in found.items() if work}


def test_the_list_of_citations_has_the_address_of_its_build(
    real: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is kept of one address is not taken for another."""
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))

    def listed(address: str) -> bytes:
        monkeypatch.setenv(ADDRESS_VARIABLE, address)
        return b"".join(dict(citing.files(real))["data/citations.bib"])

    first = listed("https://one.example/")
    assert b"https://one.example/case-studies/minds/" in first
    assert listed("https://two.example/") == first.replace(b"one.example", b"two.example")
    assert listed("https://one.example/") == first


def test_citations_read_back_the_same_in_every_form(on_the_web: Collection) -> None:
    pages = cited_pages(on_the_web)
    assert len(pages) == len(on_the_web.cases) + on_the_web.lessons + len(on_the_web.guides) + len(on_the_web.templates)
    assert all(work.url == f"{HERE}{address(page)}" for page, work in pages.items())
    _same(list(pages.values()))
    _same(list(works.sources(on_the_web).values()))


def test_marks_that_formats_use_survive(nasty: Collection) -> None:
    page = lesson_page("garden", nasty.cases["garden"].lessons[0].id)
    _same([cited_pages(nasty)[page]])
    line = str(citing.of_page(nasty, page).reference)
    assert html.fromstring(f"<p>{line}</p>").text_content().count('"Sŵn y môr", it\'s 50% & {more} \\ #1_2 ~ ^ $5') == 1
    assert "{" not in line


def test_a_page_says_how_to_cite_it(site: Path, on_the_web: Collection) -> None:
    for page, work in cited_pages(on_the_web).items():
        shown = html.document_fromstring((site / address(page) / "index.html").read_text())
        said = shown.xpath("string(//h2[@id='cite']/following-sibling::p)")
        assert work.title in " ".join(said.split())
        files = shown.xpath("//h2[@id='cite']/following-sibling::div[1]//a/@href")
        assert [name.rpartition("/")[2].partition(".")[2] for name in files] == ["bib", "ris", "csl.json"]
        assert citing.of_page(on_the_web, page).has_address
    case = citing.reference(cited_pages(on_the_web)["case-studies/minds.md"])
    assert "(2026)" in case
    assert f"Available at: {HERE}case-studies/minds/." in case


def test_the_file_for_the_whole_hub_passes_its_schema() -> None:
    schemas = files_of("check_jsonschema") / "builtin_schemas" / "vendor"
    schema = json.loads((schemas / "citation-file-format.json").read_text(encoding="utf-8"))
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    Draft7Validator(schema).validate(cff)
    assert cff["version"] == tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert not Draft7Validator(schema).is_valid(cff | {"authors": []})


# --- Linked data ------------------------------------------------------------------------------------------------------


def _graphs(site: Path) -> Iterator[tuple[str, Graph, dict[str, Any]]]:
    for path in sorted(site.rglob("index.html")):
        page = path.relative_to(site).as_posix().removesuffix("index.html")
        (script,) = html.document_fromstring(path.read_text()).xpath("//script[@type='application/ld+json']/text()")
        yield page, Graph().parse(data=script, format="json-ld", publicID=HERE + page), json.loads(script)


def test_linked_data_is_read_by_a_processor_and_uses_known_words(site: Path, real: Collection) -> None:
    known = {RDF.type, *(words[name] for words in (SDO, DCTERMS) for name in words.__annotations__)}
    found = {}
    for page, graph, _ in _graphs(site):
        here = URIRef(HERE + page)
        assert (here, SDO.name, None) in graph, page
        assert set(graph.predicates()) <= known, page
        assert set(graph.objects(predicate=RDF.type)) <= known, page
        found[page] = graph
    assert found.keys() == {address(page) for page in made_pages.titles(real)}
    case = found["case-studies/minds/"]
    assert set(case.objects(URIRef(f"{HERE}case-studies/minds/"), RDF.type)) == {SDO.Article, SDO.LearningResource}
    lessons = {URIRef(f"{HERE}lessons/minds/{lesson.id}/") for lesson in real.cases["minds"].lessons}
    assert lessons <= set(case.objects(URIRef(f"{HERE}case-studies/minds/"), SDO.hasPart))
    terms = set(found["dictionary/"].objects(URIRef(f"{HERE}dictionary/"), SDO.hasDefinedTerm))
    assert len(terms) == len(real.dictionary)


def test_linked_data_loses_nothing_on_the_way(site: Path) -> None:
    """Every text in the script is in the graph: a processor passes over what it does not know without a word."""

    def texts(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            for name, value in node.items():
                if not name.startswith("@"):
                    yield from texts(value)
        elif isinstance(node, list):
            for value in node:
                yield from texts(value)
        else:
            yield node

    for page, graph, script in _graphs(site):
        assert set(texts(script)) <= {str(value) for value in graph.objects()}, page


# --- Reports, feeds and plain text ------------------------------------------------------------------------------------


def test_a_report_says_the_same_in_every_form(real: Collection, site: Path, tmp_path: Path) -> None:
    for slug in real.cases:
        report = gripp2.report(real, slug)
        words = [row.text or "Not reported" for row in report.rows]
        as_json = json.loads((site / gripp2.path(slug, "json")).read_text())
        points = [as_json[name] for name in gripp2.ITEMS]
        assert [point["text"] if isinstance(point, dict) else point.capitalize() for point in points] == words
        markdown = (site / gripp2.path(slug, "md.txt")).read_text()
        page = html.document_fromstring((site / "case-studies" / slug / "index.html").read_text())
        table = page.xpath("//table[contains(string(caption), 'GRIPP2')]")[0]
        word = site / gripp2.path(slug, "docx")
        assert OpenXmlValidator().validate(word).errors == [] or _only_theme(word)
        office("--convert-to", "txt:Text", word, to=tmp_path)
        in_word = (tmp_path / f"{word.stem}.txt").read_text("utf-8-sig")
        for row, text in zip(report.rows, words, strict=True):
            assert f"| {row.label} | {text} |" in markdown
            assert row.label in " ".join(table.text_content().split())
            assert text in " ".join(table.text_content().split())
            assert text in in_word


def _only_theme(word: Path) -> bool:
    return all("theme" in str(error).lower() for error in OpenXmlValidator().validate(word).errors)


@pytest.mark.parametrize("top", ["", HERE])
def test_feeds_are_read_by_a_strict_reader(top: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ADDRESS_VARIABLE, top)
    collection, _ = read(ROOT)
    assert collection
    made = feeds.files(collection)
    atom = atoma.parse_atom_bytes(made[feeds.ATOM].encode())
    json_feed = atoma.parse_json_feed_bytes(made[feeds.JSON].encode())
    assert len(atom.entries) == len(json_feed.items) == len(collection.cases) + collection.lessons
    assert len({entry.id_ for entry in atom.entries}) == len(atom.entries)
    assert [entry.id_ for entry in atom.entries] == [item.id_ for item in json_feed.items]
    assert [entry.title.value for entry in atom.entries] == [item.title for item in json_feed.items]
    assert [entry.links[0].href for entry in atom.entries] == [item.url for item in json_feed.items]
    assert all(entry.links[0].href.startswith(top) for entry in atom.entries)
    with pytest.raises(atoma.exceptions.FeedParseError):
        atoma.parse_atom_bytes(made[feeds.ATOM].replace("<id>", "<no>").replace("</id>", "</no>").encode())


def test_a_feed_keeps_the_newest(miniature: Path) -> None:
    path = miniature / "docs" / "guide" / "meet.md"
    path.write_text(re.sub(r"(?m)^updated: .*$", "updated: 2031-05-06", path.read_text()))
    collection, problems = read(miniature)
    assert collection
    assert not problems
    first = atoma.parse_atom_bytes(feeds.files(collection)[feeds.ATOM].encode()).entries[0]
    assert first.updated.year == 2031
    assert first.title.value == collection.guides["meet"].lessons[0].lesson


def test_every_page_has_its_words_as_plain_text(site: Path) -> None:
    for path in site.rglob("index.html"):
        page = html.document_fromstring(path.read_text())
        twin = path.with_name("index.md").read_text()
        assert page.xpath("//link[@type='text/markdown']/@href") == ["index.md"]
        for heading in page.xpath("//main//*[self::h1 or self::h2][not(ancestor::form or ancestor::template)]"):
            words = " ".join(heading.text_content().split())
            assert re.sub(r"\W", "", words) in re.sub(r"\W", "", twin), path
        assert "<div" not in twin
        assert "<script" not in twin
    listed = (site / "llms.txt").read_text()
    for target in re.findall(r"\]\(([^)]+)\)", listed):
        assert (site / target).is_file(), target


# --- Addresses that last ----------------------------------------------------------------------------------------------


def test_every_published_address_still_answers(real: Collection, site: Path) -> None:
    assert len(real.released) > 500
    for old in real.released:
        assert (site / old / "index.html").is_file() or (site / old).is_file(), old


def test_an_old_address_leads_on(tmp_path: Path) -> None:
    root = copy_of_project(tmp_path / "hub")
    (root / "case_studies" / "_shared" / "moved.yml").write_text(
        "- {address: lessons/minds/old/, to: guide/ladder.md, on: 2027-01-31}\n"
        "- {address: case-studies/gone/, to: case-studies.md, on: 2027-01-31, retired: The people in it asked us to.}\n"
    )
    done = hub("build", "--to", str(tmp_path / "site"), root=root)
    assert done.returncode == 0, done.stderr
    moved = html.document_fromstring((tmp_path / "site" / "lessons" / "minds" / "old" / "index.html").read_text())
    assert moved.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=../../../guide/ladder/"]
    assert moved.xpath("//main//a/@href")[0] == "../../../guide/ladder/"
    retired = html.document_fromstring((tmp_path / "site" / "case-studies" / "gone" / "index.html").read_text())
    assert not retired.xpath("//meta[@http-equiv='refresh']")
    assert "It was taken down on 2027-01-31. The people in it asked us to." in retired.text_content()
    assert retired.xpath("//main//a/@href")[0] == "../../case-studies/"


def test_a_release_only_ever_adds(tmp_path: Path) -> None:
    root = copy_of_project(tmp_path / "hub")
    path = root / "case_studies" / "_shared" / "released.yml"
    path.write_text("[case-studies/minds/]\n")
    assert hub("release", root=root).returncode == 0
    found = set(yaml.safe_load(path.read_text()))
    assert {"case-studies/minds/", "case-studies/include/", "data/v1/lessons.csv", "feed.xml", "llms.txt"} < found
    (root / "case_studies" / "minds.yml").unlink()
    assert hub("release", root=root).returncode == 1
