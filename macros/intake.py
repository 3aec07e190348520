"""Reads a filled-in form back: Word, OpenDocument or PDF.

What stands in a control is certain. Where a control is gone, the answer is taken from below its question or from its
place in a table, and is marked to be checked by a person. Nothing of the file but text is used.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pikepdf
from lxml import etree

from macros.downloads.pdf_fields import field_name
from macros.views.documents import GUIDANCE, PLACEHOLDERS, Document, choose, plain

MOST_BYTES, MOST_UNPACKED, MOST_FILES = 20_000_000, 60_000_000, 500
"""Beyond these a file is no form of ours: some are made to fill a disk when they are opened."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_LO = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TICKED = "\u2612"

Answer = str | bool
"""What somebody wrote, or whether they ticked it."""

Answers = dict[str, Answer]


class Refused(ValueError):
    """The file cannot be read; why, and what to do."""


@dataclass
class Form:
    """What was read."""

    template: str
    answers: Answers
    check: list[str] = field(default_factory=list)
    """Names of answers that were found by their question, not by their control: a person has to compare them."""
    missing: list[str] = field(default_factory=list)
    """Names of which nothing was found."""
    notes: list[str] = field(default_factory=list)
    """What else a person has to know."""

    @property
    def words(self) -> dict[str, str]:
        """The answers that are words."""
        return {name: answer for name, answer in self.answers.items() if isinstance(answer, str)}


@dataclass
class _Found:
    """What a file holds: answers by name, and its text in order for what has lost its control."""

    answers: Answers = field(default_factory=dict)
    paragraphs: list[str] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, name: str, answer: Answer) -> None:
        before = self.answers.get(name)
        if before and answer and before != answer:
            self.notes.append(f"{name} stands there twice, with different answers; the first is used")
        elif not before:
            self.answers[name] = answer


def read_form(data: bytes, documents: Iterable[Document]) -> Form:
    """A filled-in file of one of some templates.

    Raises: `Refused` if it is no such file, or could do harm.
    """
    if len(data) > MOST_BYTES:
        raise Refused(f"is larger than {MOST_BYTES // 1_000_000} MB. A form is far smaller; ask for the file itself")
    found = _pdf(data) if data.startswith(b"%PDF") else _packed(data)
    one = _template(found, list(documents))
    form = Form(one.slug, {}, notes=found.notes)
    names = {field_name(name): name for name in one.names} | {name: name for name in one.names}
    answers = {names[name]: answer for name, answer in found.answers.items() if name in names}
    for name in found.answers.keys() - names.keys():
        form.notes.append(f"{name} has an answer and is not in this version of the template: {found.answers[name]}")
    below = _by_label(found, one) if answers.keys() != set(one.names) else {}
    for name in one.names:
        if name in answers:
            form.answers[name] = answers[name]
        elif name in below:
            form.answers[name] = below[name]
            form.check.append(name)
        else:
            form.missing.append(name)
    return form


def _template(found: _Found, documents: list[Document]) -> Document:
    """The template of which a file has the most names, or else the title."""
    names = {field_name(name) for name in found.answers}
    best = max(documents, key=lambda one: len(names & set(map(field_name, one.names))), default=None)
    if best and names & set(map(field_name, best.names)):
        return best
    said = {_same(paragraph) for paragraph in found.paragraphs}
    for one in documents:
        if _same(one.title) in said:
            return one
    raise Refused("is no template of this hub, or has lost all that it is known by. Copy the answers by hand")


def _packed(data: bytes) -> _Found:
    try:
        zip_ = zipfile.ZipFile(io.BytesIO(data))
        infos = zip_.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
        raise Refused("is no Word, OpenDocument or PDF file. Open it, and save it as .docx") from None
    if len(infos) > MOST_FILES or sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise Refused("unpacks to far more than a form. Do not open it; ask who sent it")
    names = {info.filename for info in infos}
    if any("vbaproject" in name.casefold() or name.startswith("Basic/") for name in names):
        raise Refused("holds macros. Do not open it; ask for a file without them")
    if "word/document.xml" in names:
        found = _word(_xml(zip_, "word/document.xml"))
        marks = {"word/comments.xml": "comments"}
    elif "content.xml" in names:
        found = _open_document(_xml(zip_, "content.xml"))
        marks = {}
    else:
        raise Refused("is a zip, and no Word or OpenDocument file. Unpack it, and give the file inside")
    found.notes += [f"The file has {what}, which were not read." for name, what in marks.items() if name in names]
    if any(name.startswith(("word/media/", "Pictures/")) for name in names):
        found.notes.append("The file has pictures, which were not read.")
    return found


def _xml(zip_: zipfile.ZipFile, name: str) -> etree._Element:
    damaged = Refused("is damaged. Open it in Word or LibreOffice, and save it again")
    try:
        data = zip_.read(name)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError):
        raise damaged from None
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Refused("declares a document type, as no form does. Do not open it; ask who sent it")
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except (etree.XMLSyntaxError, ValueError):
        raise damaged from None


def _word(root: etree._Element) -> _Found:
    found = _Found()
    for control in root.iter(f"{_W}sdt"):
        tag = control.find(f"{_W}sdtPr/{_W}tag")
        content = control.find(f"{_W}sdtContent")
        if tag is None or content is None:
            continue
        name = str(tag.get(f"{_W}val"))
        ticked = control.find(f"{_W}sdtPr/{_W14}checkbox/{_W14}checked")
        if ticked is not None:
            found.add(name, ticked.get(f"{_W14}val") in ("1", "true"))
        else:
            empty = control.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None
            found.add(name, "" if empty else _answer(_word_text(content)))
    found.paragraphs = [_word_text(paragraph) for paragraph in root.iter(f"{_W}p")]
    for table in root.iter(f"{_W}tbl"):
        rows = [[_word_text(cell) for cell in row.iter(f"{_W}tc")] for row in table.iter(f"{_W}tr")]
        found.tables.append(rows)
    if next(root.iter(f"{_W}ins", f"{_W}del"), None) is not None:
        found.notes.append("The file has tracked changes. They were read as if all were accepted.")
    return found


def _word_text(element: etree._Element) -> str:
    words: list[str] = []
    for part in element.iter(f"{_W}t", f"{_W}br", f"{_W}tab", f"{_W}p"):
        if part.tag == f"{_W}t":
            words.append(part.text or "")
        elif part.tag == f"{_W}tab":
            words.append("\t")
        elif part.tag == f"{_W}br" or words:
            words.append("\n")
    return "".join(words)


def _open_document(root: etree._Element) -> _Found:
    found = _Found()
    for control in root.iter(f"{_LO}content-control"):
        name = control.get(f"{_LO}tag")
        if name is None:
            continue
        if control.get(f"{_LO}checkbox") == "true":
            found.add(name, control.get(f"{_LO}checked") == "true" or _TICKED in "".join(control.itertext()))
        else:
            empty = control.get(f"{_LO}showing-place-holder") == "true"
            found.add(name, "" if empty else _answer(_odt_text(control)))
    found.paragraphs = [_odt_text(paragraph) for paragraph in root.iter(f"{_TEXT}p", f"{_TEXT}h")]
    for table in root.iter(f"{_TABLE}table"):
        rows = [
            [_odt_text(cell) for cell in row.iter(f"{_TABLE}table-cell")] for row in table.iter(f"{_TABLE}table-row")
        ]
        found.tables.append(rows)
    return found


def _odt_text(element: etree._Element) -> str:
    words = element.text or ""
    for part in element:
        if part.tag == f"{_TEXT}p" and words:
            words += "\n"
        words += {f"{_TEXT}line-break": "\n", f"{_TEXT}tab": "\t", f"{_TEXT}s": " "}.get(str(part.tag), "")
        words += _odt_text(part) + (part.tail or "")
    return words


def _pdf(data: bytes) -> _Found:
    found = _Found()
    try:
        with pikepdf.open(io.BytesIO(data)) as file:
            form = file.Root.get("/AcroForm", pikepdf.Dictionary())
            for item in form.get("/Fields", ()):
                value, name = item.get("/V", ""), str(item.get("/T", ""))
                if item.get("/FT") == "/Btn":
                    found.add(name, value not in ("", "/Off"))
                else:
                    found.add(name, _answer(re.sub(r"\r\n?", "\n", str(value))))
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError):
        raise Refused("is a PDF that cannot be read. Open it, and print it to a new PDF") from None
    if not found.answers:
        raise Refused("is a PDF without fields. Type in what is written on it")
    return found


def _answer(text: str) -> str:
    """What somebody wrote; nothing if it is still what stands in an empty answer."""
    text = text.strip("\n")
    return "" if text.strip() in PLACEHOLDERS.values() else text


def _same(text: str) -> str:
    """A text for comparing: letters and digits alone."""
    return re.sub(r"\W+", "", text).casefold()


def _by_label(found: _Found, one: Document) -> Answers:
    """Answers below their questions, and in tables by row and column."""
    answers: Answers = {}
    known = {_same(text) for text in _printed(one)}
    paragraphs = [(_same(text), text) for text in found.paragraphs]
    for part in one.parts:
        if part.field and part.field.kind != "tick":
            help_ = {_same(part.field.hint or ""), _same(choose(part.field.options)), ""}
            at = next((place for place, (same, _) in enumerate(paragraphs) if same == _same(part.field.label)), None)
            if at is None:
                continue
            lines: list[str] = []
            for same, text in paragraphs[at + 1 :]:
                if same in known - help_:
                    break
                lines += [] if same in help_ else [text]
            answers[part.field.id] = _answer("\n".join(lines))
        if part.table:
            heads = [_same(head) for head in part.table.heads]
            rows = next((rows for rows in found.tables if rows and list(map(_same, rows[0])) == heads), None)
            for number, row in enumerate(part.table.rows):
                if rows and number + 1 < len(rows):
                    cells = rows[number + 1][1 if part.table.labelled else 0 :]
                    for cell, text in zip(row.cells, cells, strict=False):
                        answers[cell.name] = _answer(text)
    return answers


def _printed(one: Document) -> Iterator[str]:
    """Everything that is printed in a template, so that no answer is taken to go on over it."""
    yield from (one.title, one.summary, *one.about)
    for part in one.parts:
        yield from map(plain, part.lines)
        if part.kind == "guidance":
            yield f"{GUIDANCE} {plain(part.lines[0])}"
        if part.field:
            yield from (part.field.label, part.field.hint or "")
        if part.table:
            yield from (part.table.caption, *part.table.heads)


def as_data(form: Form) -> Mapping[str, object]:
    """What was read, as plain data to write down."""
    told = {"check": form.check, "missing": form.missing, "notes": form.notes}
    return {"template": form.template, "answers": form.answers} | {name: said for name, said in told.items() if said}


def doubts(form: Form) -> list[str]:
    """What a person has to compare with the form itself, in words."""
    unsure = [f"{name} was found by its question" for name in form.check]
    return unsure + [f"{name} was not found" for name in form.missing] + form.notes
