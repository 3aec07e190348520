"""Filled-in forms, read back: whole, damaged, and made to do harm."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from macros import intake
from macros.collection import Collection
from macros.downloads.docx import docx
from macros.downloads.odt import odt
from macros.downloads.pdf import pdf
from macros.downloads.pdf_fields import field_name
from macros.views.documents import Document, document
from tests.conftest import MINIATURE, hub

ANSWER = "Two lines & <more>:\nŴyn \U0001f642 of {}"


@pytest.fixture
def form(small: Collection) -> Document:
    """The template that has everything."""
    return document(small, "agenda")


def answers(form: Document) -> intake.Answers:
    """An answer to everything a form asks."""
    kinds = {part.field.id: part.field for part in form.parts if part.field}
    return {
        name: True
        if name in kinds and kinds[name].kind == "tick"
        else "Hall"
        if name in kinds and kinds[name].kind == "choice"
        else ANSWER.format(name)
        for name in form.names
    }


def changed(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """A zip with one of its files changed."""
    source, out = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(out, "w") as zip_:
        for member in source.namelist():
            text = source.read(member)
            zip_.writestr(member, change(text.decode()).encode() if member == name else text)
    return out.getvalue()


def xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def filled_docx(form: Document) -> bytes:
    """A Word file, filled in as Word does it."""

    def fill(text: str) -> str:
        for name, answer in answers(form).items():
            control = re.search(rf'<w:sdt>(?:(?!</w:sdt>).)*w:val="{re.escape(name)}".*?</w:sdt>', text, re.DOTALL)
            assert control
            if answer is True:
                new = control[0].replace('w14:checked w14:val="0"', 'w14:checked w14:val="1"').replace("☐", "☒")
            else:
                runs = "<w:br/>".join(f"<w:t>{xml(line)}</w:t>" for line in str(answer).split("\n"))
                new = control[0].replace("<w:showingPlcHdr/>", "")
                new = re.sub(r"<w:sdtContent>.*</w:sdtContent>", f"<w:sdtContent><w:r>{runs}</w:r></w:sdtContent>", new)
            text = text.replace(control[0], new)
        return text

    return changed(docx(form), "word/document.xml", fill)


def filled_odt(form: Document) -> bytes:
    """An OpenDocument text, filled in as LibreOffice does it."""

    def fill(text: str) -> str:
        for name, answer in answers(form).items():
            control = re.search(
                rf'<loext:content-control [^>]*loext:tag="{re.escape(name)}"[^>]*>.*?</loext:content-control>',
                text,
                re.DOTALL,
            )
            assert control
            if answer is True:
                new = control[0].replace('loext:checked="false"', 'loext:checked="true"').replace(">☐<", ">☒<")
            else:
                said = "<text:line-break/>".join(xml(line) for line in str(answer).split("\n"))
                new = control[0].replace('loext:showing-place-holder="true" ', "")
                new = re.sub(r"<text:span.*</text:span>", said.replace("\\", r"\\"), new)
            text = text.replace(control[0], new)
        return text

    return changed(odt(form), "content.xml", fill)


def filled_pdf(form: Document) -> bytes:
    """A PDF, filled in as a viewer does it."""
    out = io.BytesIO()
    given = {field_name(name): answer for name, answer in answers(form).items()}
    with pikepdf.open(io.BytesIO(pdf(form, form=True))) as file:
        for item in file.Root.AcroForm.Fields:
            answer = given[str(item.T)]
            item.V = pikepdf.Name.Yes if answer is True else pikepdf.String(str(answer).replace("\n", "\r"))
        file.save(out)
    return out.getvalue()


@pytest.mark.parametrize("fill", [filled_docx, filled_odt, filled_pdf])
def test_what_was_filled_in_is_read_back(form: Document, fill: Callable[[Document], bytes]) -> None:
    read = intake.read_form(fill(form), [form])
    assert read.answers == answers(form)
    assert (read.check, read.missing, read.notes) == ([], [], [])


@pytest.mark.parametrize("make", [docx, odt, lambda form: pdf(form, form=True), lambda form: docx(form, large=True)])
def test_an_empty_form_has_empty_answers(form: Document, make: Callable[[Document], bytes]) -> None:
    read = intake.read_form(make(form), [form])
    assert set(read.answers.values()) == {"", False}
    assert (read.check, read.missing, read.notes) == ([], [], [])


def without_controls(text: str) -> str:
    return re.sub(r"</?w:sdt>|<w:sdtPr>.*?</w:sdtPr>|</?w:sdtContent>", "", text, flags=re.DOTALL)


def test_without_controls_answers_are_found_by_their_questions_and_marked(form: Document) -> None:
    data = changed(filled_docx(form), "word/document.xml", without_controls)
    read = intake.read_form(data, [form])
    wanted = {name: answer for name, answer in answers(form).items() if answer is not True}
    assert read.answers == wanted
    assert read.check == [name for name in form.names if name in wanted]
    assert read.missing == ["all-know"]


def test_one_control_that_was_deleted_is_marked(form: Document) -> None:
    data = changed(
        filled_docx(form),
        "word/document.xml",
        lambda text: re.sub(
            r'<w:sdt><w:sdtPr><w:alias w:val="Who leads\?"/>.*?</w:sdt>', "<w:r><w:t>by hand</w:t></w:r>", text
        ),
    )
    read = intake.read_form(data, [form])
    assert read.answers == answers(form) | {"host": "by hand"}
    assert read.check == ["host"]


@pytest.mark.parametrize(
    ("change", "note"),
    [
        (lambda text: text.replace("<w:body>", "<w:body><w:p><w:ins><w:r><w:t>x</w:t></w:r></w:ins></w:p>"), "tracked"),
        (lambda text: text.replace('w:val="host"/>', 'w:val="hosts"/>', 1), "hosts has an answer and is not in this"),
        (
            lambda text: text.replace(
                "<w:body>", "<w:body>" + re.findall(r"<w:sdt>.*?</w:sdt>", text)[2].replace("Two", "Three")
            ),
            "host stands there twice",
        ),
    ],
)
def test_what_a_person_has_to_know_is_told(form: Document, change: Callable[[str], str], note: str) -> None:
    read = intake.read_form(changed(filled_docx(form), "word/document.xml", change), [form])
    assert any(note in told for told in read.notes), read.notes


def test_a_column_that_was_deleted_is_missing_and_nothing_moves(form: Document) -> None:
    def cut(text: str) -> str:
        return re.sub(r"<w:tc>(?:(?!</w:tc>).)*(?:times\.\w+\.who|>Who<)(?:(?!</w:tc>).)*</w:tc>", "", text)

    read = intake.read_form(changed(filled_docx(form), "word/document.xml", cut), [form])
    assert read.missing == ["times.start.who", "times.end.who"]
    assert read.answers == {name: said for name, said in answers(form).items() if name not in read.missing}


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zip_:
        for name, data in members.items():
            zip_.writestr(name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is no Word, OpenDocument or PDF file"),
        (b"plain text", "is no Word, OpenDocument or PDF file"),
        (b"PK\x03\x04 cut off", "is no Word, OpenDocument or PDF file"),
        (b"%PDF-1.7 nothing", "cannot be read"),
        (b"x" * 20_000_001, "is larger than 20 MB"),
        (zipped(readme_txt=b"hello"), "is a zip, and no Word"),
        (zipped(word__document_xml=b"<w:document>"), "is damaged"),
        (zipped(word__document_xml=b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"), "declares a document type"),
        (zipped(word__document_xml=b"<x/>", word__vbaProject_bin=b"x"), "holds macros"),
        (zipped(word__document_xml=b"0" * 61_000_000), "unpacks to far more"),
        (zipped(word__document_xml=b"<x/>"), "is no template of this hub"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_form_or_could_do_harm_is_refused_in_words(form: Document, data: bytes, said: str) -> None:
    with pytest.raises(intake.Refused, match=said):
        intake.read_form(data, [form])


def test_half_a_file_is_refused_and_never_half_read(form: Document) -> None:
    data = filled_docx(form)
    for share in (0.2, 0.5, 0.9, 0.99):
        with pytest.raises(intake.Refused):
            intake.read_form(data[: int(len(data) * share)], [form])


def test_a_damaged_file_is_refused_or_read_and_never_a_traceback(form: Document) -> None:
    """A byte is another one, at 40 places from end to end."""
    data = filled_docx(form)
    refused = 0
    for place in range(0, len(data), len(data) // 40):
        damaged = data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]
        try:
            intake.read_form(damaged, [form])
        except intake.Refused:
            refused += 1
    assert refused


def test_the_command_reads_a_file(form: Document, tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    path.write_bytes(filled_docx(form))
    done = hub("read", str(path), "--format", "json", root=MINIATURE)
    assert json.loads(done.stdout) == {"template": "agenda", "answers": answers(form)}
    assert "answers:\n  topic: " in hub("read", str(path), root=MINIATURE).stdout
    path.write_bytes(b"no form")
    done = hub("read", str(path), root=MINIATURE)
    assert done.returncode == 1
    assert done.stderr == f"{path} is no Word, OpenDocument or PDF file. Open it, and save it as .docx.\n"
    done = hub("read", str(tmp_path / "none"), root=MINIATURE)
    assert "cannot be read: No such file or directory." in done.stderr
