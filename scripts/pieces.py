"""A gzip file of pieces. After a small change a large text is much the same, and so are most of its pieces.

The text is cut at lines that are chosen by what is in them, so that after an insertion the cuts are where they were.
Each piece is compressed by itself, with the text before it as far as gzip looks back, and ends at a whole byte; pigz
does the same to use all cores. Together they are one stream, which any program reads. Its header has a field in which
programs may put what they like (FEXTRA in RFC 1952); there is the length of each piece, and a mark of what it is of.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

LEAST, MOST = 2**16, 2**18
"""Bytes of text in a piece. Each of them costs some 30 bytes in the file."""
_ONE_IN = 128
"""Lines of which one is such that a piece may start there."""
_LOOK = 256
"""Bytes by which such a line is chosen: more than one line, since many lines are the same."""
_BACK = 2**15
"""Bytes that gzip looks back."""

_START = b"\x1f\x8b\x08\x04\0\0\0\0\x02\xff"
"""It is gzip, with a field of our own, no date, compressed as well as can be, on a system that is not told."""
_FIELD, _PIECE = struct.Struct("<H2sH"), struct.Struct("<I16s")
_NAME = b"HP"
_MOST_TOLD = (2**16 - 5) // _PIECE.size
"""Pieces that such a field can tell of: those of the first 200 megabytes."""
_END = b"\x03\0"
"""An empty block, the last one."""
_MADE_WITH = f"zlib {zlib.ZLIB_RUNTIME_VERSION} level {zlib.Z_BEST_COMPRESSION}, after %d bytes: ".encode()


def packed(path: Path, before: bytes = b"") -> bytes:
    """A text as a gzip file, made of what is the same in the gzip file `before`, if that has such pieces."""
    known = _pieces(before)
    told, data = [], []
    back, crc, size = b"", 0, 0
    with path.open("rb") as text:
        for piece in cut(text):
            mark = sha256(_MADE_WITH % len(back) + back + piece).digest()[:16]
            data.append(known.get(mark) or _deflated(piece, back))
            told.append(_PIECE.pack(len(data[-1]), mark))
            back, crc, size = (back + piece)[-_BACK:], zlib.crc32(piece, crc), size + len(piece)
    field = b"".join(told[:_MOST_TOLD])
    head = _FIELD.pack(len(field) + 4, _NAME, len(field))
    return b"".join([_START, head, field, *data, _END, struct.pack("<II", crc, size % 2**32)])


def cut(text: BinaryIO) -> Iterator[bytes]:
    """The text, piece by piece."""
    left = b""
    while left := left + text.read(MOST - len(left)):
        end = _cut(left)
        yield left[:end]
        left = left[end:]


def _cut(text: bytes) -> int:
    """Where the piece ends with which a text starts."""
    start = LEAST
    while start := text.find(b"\n", start) + 1:
        if zlib.crc32(text[start : start + _LOOK]) % _ONE_IN == 0:
            return start
    return len(text)


def _deflated(piece: bytes, back: bytes) -> bytes:
    packer = zlib.compressobj(zlib.Z_BEST_COMPRESSION, wbits=-zlib.MAX_WBITS, zdict=back)
    return packer.compress(piece) + packer.flush(zlib.Z_SYNC_FLUSH)


def _pieces(packed: bytes) -> dict[bytes, bytes]:
    """The pieces of a gzip file by their marks; none if it is another one."""
    if not packed.startswith(_START):
        return {}
    _, name, length = _FIELD.unpack_from(packed, len(_START))
    start = len(_START) + _FIELD.size
    if name != _NAME:
        return {}
    found, at = {}, start + length
    for size, mark in _PIECE.iter_unpack(packed[start : start + length]):
        found[mark] = packed[at : at + size]
        at += size
    return found
