"""The hub's macros: what a page may call. The site generator runs this file; it does nothing but register."""

from __future__ import annotations

from typing import Any


def define_env(env: Any) -> None:
    """Register every macro of `pages` with the site generator's `env`."""
    from macros import pages  # here, so that importing a module of this package does not load them all

    for name, macro in pages.for_pages().items():
        env.macro(macro, name)
