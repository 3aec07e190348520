"""A gzip file of pieces: any program reads it, and the next one takes over what is the same."""

from __future__ import annotations

import gzip
import io
import random
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from scripts import pieces

CHANCE = random.Random(4)  # noqa: S311  (the same text every time)
WORDS = [f"word{number}" for number in range(500)]
TEXT = "".join(f'  "{n}": "{" ".join(CHANCE.choices(WORDS, k=9))}",\n' for n in range(20_000)).encode()
CHANGED = {
    "nothing": TEXT,
    "a word": TEXT.replace(b"word7 ", b"another word ", 1),
    "more at the start": b"x" * 1000 + TEXT,
    "more at the end": TEXT + b"one more line\n",
    "a part less": TEXT[:500_000] + TEXT[560_000:],
}


def packed(folder: Path, text: bytes, before: bytes = b"") -> bytes:
    (folder / "text").write_bytes(text)
    return pieces.packed(folder / "text", before)


@pytest.mark.parametrize("text", [b"", b"a", b"\n" * 300_000, bytes(1_000_000), TEXT], ids=len)
def test_every_text_is_the_same_when_it_is_unpacked(tmp_path: Path, text: bytes) -> None:
    made = packed(tmp_path, text)
    assert gzip.decompress(made) == text
    # As a browser and nginx do it: the first member alone.
    whole = zlib.decompressobj(wbits=31)
    assert whole.decompress(made) == text
    assert whole.eof
    assert whole.unused_data == b""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows comes without gzip; every other system has it")
def test_gzip_itself_reads_it(tmp_path: Path) -> None:
    done = subprocess.run(["gzip", "-dc"], input=packed(tmp_path, TEXT), capture_output=True, check=True)
    assert done.stdout == TEXT


def test_it_is_hardly_larger_than_in_one_piece(tmp_path: Path) -> None:
    assert len(packed(tmp_path, TEXT)) < 1.01 * len(gzip.compress(TEXT, 9))


@pytest.mark.parametrize("change", CHANGED)
def test_what_is_the_same_is_taken_over_and_shows_in_no_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    before = packed(tmp_path, TEXT)
    real, compressed = pieces._deflated, []

    def deflated(piece: bytes, back: bytes) -> bytes:
        compressed.append(piece)
        return real(piece, back)

    monkeypatch.setattr(pieces, "_deflated", deflated)
    after = packed(tmp_path, CHANGED[change], before)
    assert len(compressed) <= 4
    assert after == packed(tmp_path, CHANGED[change])
    assert len(compressed) > 15
    assert gzip.decompress(after) == CHANGED[change]


def test_of_another_gzip_file_nothing_is_taken_over(tmp_path: Path) -> None:
    made = packed(tmp_path, TEXT)
    for other in (b"", b"text", gzip.compress(TEXT), made.replace(b"HP", b"XX", 1)):
        assert packed(tmp_path, TEXT, other) == made


def test_pieces_have_their_sizes_and_nothing_is_lost() -> None:
    found = list(pieces.cut(io.BytesIO(TEXT)))
    assert b"".join(found) == TEXT
    assert all(pieces.LEAST <= len(piece) <= pieces.MOST for piece in found[:-1])
