"""The files in which a template can be taken away: one module for each format."""

from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
"""Atkinson Hyperlegible Next, under the licence beside it. It has the letters of Welsh."""
