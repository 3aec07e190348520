"""Makes form fields of the empty boxes in a PDF from Typst, and marks the first cells of rows as their heads.

Each box is a link with its place in the tags. The link becomes the field and stays where it is: nothing is measured or
laid over, so the order of reading is that of the text.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, String

from macros.downloads import FONTS
from macros.views.documents import Document

NOWHERE = "https://field.invalid/"
"""Where the links of empty boxes lead."""

_MULTILINE, _COMBO = 1 << 12, 1 << 17  # flags of fields: ISO 32000-1, tables 228 and 230
_PRINTED = 4
_FONT = FONTS / "AtkinsonHyperlegibleNext_400Regular.ttf"
_SIZE = 11


def field_name(name: str) -> str:
    """An answer's name as PDF takes it: a dot would make a field within a field."""
    return name.replace(".", "_")


def finished(made: bytes, document: Document, *, form: bool) -> bytes:
    """The PDF with heads for its rows, and with fields if it is a form. The same bytes for the same document."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as file:
        _mark_row_heads(file, [part.table.labelled for part in document.parts if part.table])
        if form:
            _make_fields(file, document)
        file.save(out, deterministic_id=True)
    return out.getvalue()


def _tags(element: Any, wanted: str) -> Iterator[Any]:
    """The tags of a kind below an element, in reading order."""
    kids = element.get("/K", ())
    for kid in kids if isinstance(kids, Array) else (kids,):
        if isinstance(kid, Dictionary):
            if kid.get("/S") == wanted:
                yield kid
            yield from _tags(kid, wanted)


def _mark_row_heads(file: pikepdf.Pdf, labelled: list[bool]) -> None:
    tables = list(_tags(file.Root.StructTreeRoot, "/Table"))
    for table, has_heads in zip(tables, labelled, strict=False):
        if has_heads:
            for row in _tags(table, "/TR"):
                cell = row.K[0] if isinstance(row.K, Array) else row.K
                if cell.get("/S") == "/TD":
                    cell.S = Name.TH
                    cell.A = Dictionary(O=Name.Table, Scope=Name.Row)


def _make_fields(file: pikepdf.Pdf, document: Document) -> None:
    asked = {field_name(name): told for name, told in _told(document)}
    font = file.make_indirect(_font(file))
    tags = _tags_by_number(file)
    fields = []
    for page in file.pages:
        page.Tabs = Name.S
        for note in page.obj.get("/Annots", ()):
            address = str(note.A.get("/URI", "")) if "/A" in note else ""
            if not address.startswith(NOWHERE):
                continue
            name = field_name(address.removeprefix(NOWHERE))
            kind, tooltip, options = asked[name]
            del note["/A"], note["/Contents"]
            left, bottom, right, top = (float(edge) for edge in note.Rect)
            note.Subtype, note.F, note.P = Name.Widget, _PRINTED, page.obj
            note.T, note.TU = String(name), String(tooltip)
            note.Border = Array([0, 0, 0])
            size = (right - left, top - bottom)
            if kind == "tick":
                note.FT, note.V, note.AS = Name.Btn, Name.Off, Name.Off
                note.AP = Dictionary(N=Dictionary(Yes=_drawn(file, size, _tick(size)), Off=_drawn(file, size, b"")))
            else:
                note.FT = Name.Ch if kind == "choice" else Name.Tx
                note.Ff = _COMBO if kind == "choice" else _MULTILINE if kind in ("text", "cell") else 0
                note.DA, note.V = String(f"/Field {_SIZE} Tf 0 g"), String("")
                note.AP = Dictionary(N=_drawn(file, size, b"/Tx BMC EMC", font))
                if options:
                    note.Opt = Array([String(option) for option in options])
            tags[int(note.StructParent)].S = Name.Form
            fields.append(note)
    file.Root.AcroForm = Dictionary(
        Fields=Array(fields),
        DR=Dictionary(Font=Dictionary(Field=font)),
        DA=String(f"/Field {_SIZE} Tf 0 g"),
    )


def _told(document: Document) -> Iterator[tuple[str, tuple[str, str, tuple[str, ...]]]]:
    """Each answer's name, and its kind, its tooltip and its options."""
    for part in document.parts:
        if part.field:
            words = f"{part.field.label} {part.field.hint}" if part.field.hint else part.field.label
            yield part.field.id, (part.field.kind, words, part.field.options)
        if part.table:
            for row in part.table.rows:
                for cell in row.cells:
                    yield cell.name, ("cell", f"{part.table.caption}. {cell.said}", ())


def _tags_by_number(file: pikepdf.Pdf) -> dict[int, Any]:
    """The tag of each thing that the tags point at by a number: ISO 32000-1, 14.7.4.4."""
    found: dict[int, Any] = {}

    def walk(node: Any) -> None:
        numbers = list(node.get("/Nums", ()))
        found.update(zip((int(number) for number in numbers[::2]), numbers[1::2], strict=True))
        for kid in node.get("/Kids", ()):
            walk(kid)

    walk(file.Root.StructTreeRoot.ParentTree)
    return found


def _drawn(file: pikepdf.Pdf, size: tuple[float, float], content: bytes, font: Any = None) -> Any:
    stream = file.make_stream(content)
    stream.Type, stream.Subtype = Name.XObject, Name.Form
    stream.BBox = Array([0, 0, round(size[0], 2), round(size[1], 2)])
    stream.Resources = Dictionary(Font=Dictionary(Field=font)) if font is not None else Dictionary()
    return stream


def _tick(size: tuple[float, float]) -> bytes:
    wide, high = size
    points = ((0.2, 0.5), (0.42, 0.25), (0.8, 0.8))
    path = [f"{wide * x:.2f} {high * y:.2f}" for x, y in points]
    return f"q 1.6 w {path[0]} m {path[1]} l {path[2]} l S Q".encode()


def _font(file: pikepdf.Pdf) -> Any:
    """The font for what people write, whole, since nobody knows which letters they need."""
    data = _FONT.read_bytes()
    font = TTFont(io.BytesIO(data))
    scale = 1000 / font["head"].unitsPerEm
    glyphs, widths = font.getBestCmap(), font["hmtx"]
    letters = [bytes([code]).decode("cp1252", "replace") for code in range(32, 256)]
    wide = [round(widths[glyphs.get(ord(letter), ".notdef")][0] * scale) for letter in letters]
    name = Name("/AtkinsonHyperlegibleNext-Regular")
    head, os2 = font["head"], font["OS/2"]
    stream = file.make_stream(data)
    stream.Length1 = len(data)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=32,
        FontBBox=Array([round(edge * scale) for edge in (head.xMin, head.yMin, head.xMax, head.yMax)]),
        ItalicAngle=0,
        Ascent=round(os2.sTypoAscender * scale),
        Descent=round(os2.sTypoDescender * scale),
        CapHeight=round(os2.sCapHeight * scale),
        StemV=80,
        FontFile2=stream,
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=name,
        FirstChar=32,
        LastChar=255,
        Widths=Array(wide),
        Encoding=Name.WinAnsiEncoding,
        FontDescriptor=file.make_indirect(descriptor),
    )
