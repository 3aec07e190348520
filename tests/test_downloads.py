"""The files of the templates: opened, validated, read, and broken on purpose to see that somebody would notice."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from lxml import etree
from openxml_audit import OdfValidator, OpenXmlValidator
from playwright.sync_api import Browser, expect

from macros.collection import Collection
from macros.downloads.docx import docx
from macros.downloads.files import FORMATS, downloads
from macros.downloads.pdf_fields import NOWHERE, field_name
from macros.views.documents import PLACEHOLDERS, Document, described, document, plain
from tests.conftest import ROOT, office

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LO = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
OVER_STRICT = ("relationships/theme",)
"""Complaints of the validator that Microsoft's own does not make: Word does without a theme."""


@pytest.fixture(scope="session")
def all_documents(real: Collection, small: Collection) -> list[Document]:
    """Every template of the hub, and the one of the miniature that has everything."""
    return [*(document(real, slug) for slug in real.templates), document(small, "agenda")]


@pytest.fixture(scope="session")
def folder(all_documents: list[Document], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Their files."""
    folder = tmp_path_factory.mktemp("downloads")
    for one in all_documents:
        for download in downloads(one):
            (folder / download.path).parent.mkdir(parents=True, exist_ok=True)
            (folder / download.path).write_bytes(download.data)
    return folder


def vera(*paths: Path) -> dict[str, list[str]]:
    """The rules of PDF/UA-1 that each file breaks."""
    command = [sys.executable, "-m", "tests.vera", *map(str, paths)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def words_of(one: Document) -> list[str]:
    """Everything a document says, in order, each as it must stand in every format."""
    said = [one.title, one.summary, *(words for fact in one.facts for words in fact)]
    for part in one.parts:
        said += [plain(line) for line in part.lines]
        if part.field:
            said += [part.field.label, part.field.hint or ""]
        if part.table:
            said.append(part.table.caption)
            said += [] if part.table.labelled else list(part.table.heads)
            said += [row.label for row in part.table.rows] if part.table.labelled else []
    return [words for words in (*said, *one.about) if words]


def squeezed(text: str) -> str:
    """A text without blanks, hyphens and marks of Markdown: where lines break must not matter."""
    return re.sub(r"[\s*\-\u00ad\u2010\ufffe\x02]", "", text)


def docx_text(data: bytes) -> str:
    """What a Word file says, without what stands in empty answers."""
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    return "".join(text.text or "" for text in root.iter(f"{W}t"))


def odt_text(data: bytes) -> str:
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("content.xml"))
    return "".join(root.itertext())


def pdf_text(data: bytes) -> str:
    file = pypdfium2.PdfDocument(data)
    return "".join(page.get_textpage().get_text_bounded() for page in file)


TEXT: dict[str, Callable[[bytes], str]] = {
    ".docx": docx_text,
    ".odt": odt_text,
    ".pdf": pdf_text,
    ".txt": lambda data: data.decode(),
}


def test_every_pdf_passes_the_rules_of_pdf_ua(folder: Path, all_documents: list[Document]) -> None:
    paths = sorted(folder.rglob("*.pdf"))
    assert len(paths) == 3 * len(all_documents)
    assert {path: broken for path, broken in vera(*paths).items() if broken} == {}


def _no_title(file: pikepdf.Pdf) -> None:
    with file.open_metadata() as data:
        del data["dc:title"]


def _no_language(file: pikepdf.Pdf) -> None:
    del file.Root["/Lang"]


def _no_tooltip(file: pikepdf.Pdf) -> None:
    del file.Root.AcroForm.Fields[0]["/TU"]


def _untagged(file: pikepdf.Pdf) -> None:
    file.pages[0].contents_add(b"BT /F1 12 Tf (x) Tj ET")


@pytest.mark.parametrize("spoil", [_no_title, _no_language, _no_tooltip, _untagged])
def test_a_bad_pdf_does_not_pass(small: Collection, tmp_path: Path, spoil: Callable[[pikepdf.Pdf], None]) -> None:
    form = next(download for download in downloads(document(small, "agenda")) if download.label == "PDF to fill in")
    with pikepdf.open(io.BytesIO(form.data)) as file:
        spoil(file)
        file.save(tmp_path / "bad.pdf")
    assert vera(tmp_path / "bad.pdf")[str(tmp_path / "bad.pdf")]


def _tags(element: Any, kind: str) -> list[Any]:
    found = []
    for kid in element.get("/K", ()) if isinstance(element.get("/K"), pikepdf.Array) else [element.get("/K")]:
        if isinstance(kid, pikepdf.Dictionary):
            found += [kid] if kid.get("/S") == kind else []
            found += _tags(kid, kind)
    return found


def test_every_pdf_is_well_made(folder: Path, all_documents: list[Document]) -> None:
    """What the rules of PDF/UA-1 do not ask: bookmarks, header cells, and fields that say what they are for."""
    for one in all_documents:
        tables = [part.table for part in one.parts if part.table]
        heads = sum(len(table.heads) + len(table.rows) * table.labelled for table in tables)
        headings = [one.title, *(plain(part.lines[0]) for part in one.parts if part.kind == "heading")]
        for ending in (".pdf", "-form.pdf", "-large-print.pdf"):
            with pikepdf.open(folder / "downloads" / one.slug / f"{one.slug}{ending}") as file:
                assert str(file.Root.Lang) == "en-GB", one.slug
                assert "/OpenAction" not in file.Root
                assert "/JavaScript" not in file.Root.get("/Names", {})
                with file.open_outline() as outline:
                    assert _titles(outline.root)[: len(headings)] == headings, one.slug
                with file.open_metadata() as data:
                    assert data["dc:title"] == one.title
                if ending != "-large-print.pdf":
                    assert len(_tags(file.Root.StructTreeRoot, "/TH")) == heads, one.slug
                    assert len(_tags(file.Root.StructTreeRoot, "/Table")) == len(tables), one.slug


def _titles(items: list[Any]) -> list[str]:
    return [title for item in items for title in (str(item.title), *_titles(item.children))]


def test_the_fields_of_a_form_stand_in_the_order_of_the_text_and_say_what_they_ask(
    folder: Path, all_documents: list[Document]
) -> None:
    for one in all_documents:
        path = folder / "downloads" / one.slug / f"{one.slug}-form.pdf"
        with pikepdf.open(path) as file:
            fields = list(file.Root.AcroForm.Fields)
            assert [str(field.T) for field in fields] == [field_name(name) for name in one.names], one.slug
            assert NOWHERE.encode() not in path.read_bytes()
            tooltips = {str(field.T): str(field.TU) for field in fields}
            tagged = [tag.K for tag in _tags(file.Root.StructTreeRoot, "/Form")]
            kids = [kid[0] if isinstance(kid, pikepdf.Array) else kid for kid in tagged]
            assert [str(kid.Obj.T) for kid in kids] == [str(field.T) for field in fields], one.slug
        for part in one.parts:
            if part.field:
                assert tooltips[part.field.id].startswith(part.field.label)


def test_every_word_file_is_valid_and_made_for_everyone(folder: Path, all_documents: list[Document]) -> None:
    validator = OpenXmlValidator()
    for path in sorted(folder.rglob("*.docx")):
        result = validator.validate(str(path))
        errors = [error for error in result.errors if not any(known in str(error) for known in OVER_STRICT)]
        assert errors == [], path
    for one in all_documents:
        for ending in (".docx", "-large-print.docx"):
            data = (folder / "downloads" / one.slug / f"{one.slug}{ending}").read_bytes()
            assert faults(data, one) == [], f"{one.slug}{ending}"


def faults(data: bytes, one: Document) -> list[str]:
    """What is wrong with a Word file that the validator does not look at."""
    zip_ = zipfile.ZipFile(io.BytesIO(data))
    root, styles = (etree.fromstring(zip_.read(f"word/{name}.xml")) for name in ("document", "styles"))

    def values(name: str, of: Any = root) -> list[str]:
        return [str(found.get(f"{W}val")) for found in of.iter(f"{W}{name}")]

    known = {style.get(f"{W}styleId") for style in styles.iter(f"{W}style")}
    levels = [int(style.removeprefix("Heading")) for style in values("pStyle") if style.startswith("Heading")]
    tables = list(root.iter(f"{W}tbl"))
    texts = ["".join(text.text or "" for text in paragraph.iter(f"{W}t")) for paragraph in root.iter(f"{W}p")]
    sound = {
        "a style is not there": {*values("pStyle"), *values("rStyle"), *values("tblStyle")} <= known,
        "the controls are not those of the template": values("tag") == list(one.names),
        "two controls have one number": len(set(values("id"))) == len(values("tag")),
        "a control has no title": len([title for title in values("alias") if title]) == len(values("tag")),
        "a paragraph is empty": all(text.strip() for text in texts),
        "a table has no header row": len(values("tblHeader")) == len(tables),
        "a table has no caption": len([caption for caption in values("tblCaption") if caption]) == len(tables),
        "a heading skips a level": levels[0] == 1 and all(two <= one + 1 for one, two in pairwise(levels)),
        "the language is not British English": values("lang", styles) == ["en-GB"],
        "it holds macros": not any("vba" in name for name in zip_.namelist()),
    }
    return [wrong for wrong, right in sound.items() if not right]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<w:tblHeader/>", ""),
        ('<w:pStyle w:val="Heading2"/>', '<w:pStyle w:val="Heading3"/>'),
        ('<w:tag w:val="host"/>', '<w:tag w:val="hosts"/>'),
        ('<w:pStyle w:val="Guidance"/>', '<w:pStyle w:val="Help"/>'),
        ("<w:body>", "<w:body><w:p/>"),
    ],
)
def test_a_bad_word_file_is_noticed(small: Collection, old: str, new: str) -> None:
    one = document(small, "agenda")
    source = zipfile.ZipFile(io.BytesIO(docx(one)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zip_:
        for name in source.namelist():
            text = source.read(name).decode()
            if name == "word/document.xml":
                assert old in text
                text = text.replace(old, new, 1)
            zip_.writestr(name, text)
    assert faults(out.getvalue(), one)


def test_the_validator_notices_a_broken_order(small: Collection, tmp_path: Path) -> None:
    source = zipfile.ZipFile(io.BytesIO(docx(document(small, "agenda"))))
    with zipfile.ZipFile(tmp_path / "bad.docx", "w") as zip_:
        for name in source.namelist():
            text = source.read(name).decode()
            zip_.writestr(name, text.replace("<w:tblGrid>", "<w:tblGrid><w:nothing/>"))
    result = OpenXmlValidator().validate(str(tmp_path / "bad.docx"))
    assert [error for error in result.errors if not any(known in str(error) for known in OVER_STRICT)]


def test_every_opendocument_is_valid_and_has_every_control(folder: Path, all_documents: list[Document]) -> None:
    validator = OdfValidator()
    for one in all_documents:
        path = folder / "downloads" / one.slug / f"{one.slug}.odt"
        assert validator.validate(str(path)).errors == [], one.slug
        zip_ = zipfile.ZipFile(path)
        assert zip_.infolist()[0].filename == "mimetype"
        assert zip_.infolist()[0].compress_type == zipfile.ZIP_STORED
        root = etree.fromstring(zip_.read("content.xml"))
        assert [control.get(f"{LO}tag") for control in root.iter(f"{LO}content-control")] == list(one.names), one.slug


def test_all_formats_say_the_same(folder: Path, all_documents: list[Document]) -> None:
    for one in all_documents:
        for format_ in FORMATS:
            path = folder / "downloads" / one.slug / f"{one.slug}{format_.ending}"
            said = squeezed(TEXT[path.suffix](path.read_bytes()))
            at = 0
            for words in words_of(one):
                place = said.find(squeezed(words), at)
                if place < 0:  # the foot of a page may stand between two words of the text
                    place = said.find(squeezed(words)[:12], at)
                assert place >= 0, f"{path.name}: {words}"
                at = place + 1


@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_libreoffice_opens_every_file_and_shows_every_word(
    ending: str, folder: Path, all_documents: list[Document], tmp_path: Path
) -> None:
    paths = sorted(folder.rglob(f"*.{ending}"))
    assert len(paths) >= len(all_documents)
    office("--convert-to", "txt:Text (encoded):UTF8", *paths, to=tmp_path)
    shown = {path.stem: squeezed(path.read_text(encoding="utf-8-sig")) for path in tmp_path.glob("*.txt")}
    assert sorted(shown) == sorted(path.stem for path in paths)
    for one in all_documents:
        assert [words for words in words_of(one) if squeezed(words) not in shown[one.slug]] == [], one.slug


def test_what_helps_only_some_is_said_in_words(small: Collection) -> None:
    one = document(small, "agenda")
    table = next(part.table for part in one.parts if part.table)
    assert described(table) == "A table to fill in, with 2 rows. Its columns are: Part, What we do, Who."
    assert PLACEHOLDERS["text"] in docx_text(docx(one))


def test_the_files_are_the_same_wherever_and_whenever_they_are_made(small: Collection, tmp_path: Path) -> None:
    code = (
        "import sys, hashlib; from pathlib import Path; from macros.collection import read\n"
        "from macros.views.documents import document; from macros.downloads.files import downloads\n"
        "made = downloads(document(read(Path(sys.argv[1]))[0], 'agenda'))\n"
        "print([hashlib.sha256(one.data).hexdigest() for one in made])"
    )
    said = set()
    for place, (zone, seed) in enumerate((("Pacific/Auckland", "1"), ("America/Lima", "2"))):
        variables = {"TZ": zone, "PYTHONHASHSEED": seed, "HUB_CACHE": str(tmp_path / str(place)), "PYTHONUTF8": "1"}
        done = subprocess.run(
            [sys.executable, "-c", code, str(small.root)],
            cwd=ROOT,
            env=variables,
            capture_output=True,
            text=True,
            check=True,
        )
        said.add(done.stdout)
    assert len(said) == 1


def test_what_was_made_is_kept_and_a_cache_that_cannot_be_written_does_no_harm(
    small: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = document(small, "agenda")
    monkeypatch.setenv("HUB_CACHE", str(tmp_path / "cache"))
    downloads.cache_clear()
    first = downloads(one)
    assert len(list((tmp_path / "cache").iterdir())) == len(FORMATS)
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("HUB_CACHE", str(tmp_path / "file"))
    downloads.cache_clear()
    assert downloads(one) == first


WRITTEN = 'Two lines & <more>:\nŴyn \U0001f642 {{ 7*7 }} "quoted"'


def controls(data: bytes) -> dict[str, str | bool]:
    """The answers in a Word file, read without our own code."""
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    found: dict[str, str | bool] = {}
    for control in root.iter(f"{W}sdt"):
        name = str(next(control.iter(f"{W}tag")).get(f"{W}val"))
        ticked = next(control.iter(f"{W14}checked"), None)
        texts = ["\n" if part.tag == f"{W}br" else part.text or "" for part in control.iter(f"{W}t", f"{W}br")]
        empty = next(control.iter(f"{W}showingPlcHdr"), None) is not None
        found[name] = ticked.get(f"{W14}val") == "1" if ticked is not None else "" if empty else "".join(texts)
    return found


@pytest.mark.parametrize("slug", ["co-production-protocol", "reflective-diary", "why-are-we-here-sheet"])
def test_what_is_filled_in_on_the_page_is_in_the_word_file_and_comes_back(
    browser: Browser, address: str, real: Collection, tmp_path: Path, slug: str
) -> None:
    one = document(real, slug)
    page = browser.new_page(accept_downloads=True)
    asked: list[str] = []
    page.goto(f"{address}templates/{slug}/")
    page.on("request", lambda request: asked.append(request.url))
    wanted: dict[str, str | bool] = {}
    for place, name in enumerate(one.names):
        field = page.locator(f"form.template [name='{name}']")
        kind = field.evaluate("field => field.type")
        if kind == "checkbox":
            field.check()
        elif kind == "select-one":
            field.select_option(index=2)
        else:
            field.fill(WRITTEN if kind == "textarea" else f"answer {place}")
        wanted[name] = field.is_checked() if kind == "checkbox" else field.input_value()
    with page.expect_download() as got:
        page.click("text=Save as Word")
    path = tmp_path / got.value.suggested_filename
    got.value.save_as(path)
    assert path.name == f"{slug}.docx"
    assert controls(path.read_bytes()) == wanted
    errors = OpenXmlValidator().validate(str(path)).errors
    assert [error for error in errors if not any(known in str(error) for known in OVER_STRICT)] == []
    assert [url for url in asked if not url.startswith((address, "blob:"))] == []
    assert page.evaluate("localStorage.length") == 0

    page.goto(f"{address}templates/{slug}/")
    page.set_input_files("#open-file", path)
    expect(page.locator("form.template [role=status]")).to_have_text("Your answers are in the form.")
    back = {
        name: field.is_checked() if field.evaluate("field => field.type") == "checkbox" else field.input_value()
        for name in one.names
        for field in [page.locator(f"form.template [name='{name}']")]
    }
    assert back == wanted
    page.close()


def test_a_file_that_is_no_form_changes_nothing_and_is_told(browser: Browser, address: str, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(f"{address}templates/reflective-diary/")
    page.fill("[name=what]", "mine")
    for name, data in {"text.docx": b"no zip", "empty.docx": b"", "cut.docx": b"PK\x05\x06" + b"\xff" * 18}.items():
        (tmp_path / name).write_bytes(data)
        page.set_input_files("#open-file", tmp_path / name)
        expect(page.locator("form.template [role=status]")).to_contain_text(f"Nothing was changed: {name}")
    with zipfile.ZipFile(tmp_path / "other.docx", "w") as zip_:
        zip_.writestr("word/document.xml", "not XML")
    page.set_input_files("#open-file", tmp_path / "other.docx")
    expect(page.locator("form.template [role=status]")).to_contain_text("Nothing was changed: other.docx")
    assert page.input_value("[name=what]") == "mine"
    page.close()


def test_without_a_connection_the_answers_stay(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}templates/reflective-diary/")
    page.route("**/*.docx", lambda route: route.abort())
    page.fill("[name=what]", "mine")
    page.click("text=Save as Word")
    expect(page.locator("form.template [role=status]")).to_contain_text("could not be loaded")
    assert page.input_value("[name=what]") == "mine"
    page.close()
