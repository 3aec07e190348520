"""Makes one file of the modules of a page, so that the page asks for one file and not for each in turn.

They stay modules to write, to check and to test. A page may ask for at most four files, and each module that another
asks for costs one more way to the server and back.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

_IMPORT = re.compile(r'^import \{ ([^}]+) \} from "(\.[^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:const|let|function|class)\b)", re.MULTILINE)
_TOP = re.compile(r"^(?:async )?(?:const|let|function|class) (\[[^\]]*\]|\w+)", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


class CannotJoin(ValueError):
    """A module is written in a way that this file does not know, or two of them use one name."""


def joined(entry: str, read: Callable[[str], str]) -> str:
    """The text of a module after the texts of all the modules that it imports, each once, as one module.

    `entry` and what `read` takes are paths with `/`, from one folder. Raises CannotJoin if a module imports or exports
    other than by `import { a, b } from "./c.js";` and `export const`, `let`, `function` or `class`; if it renames what
    it imports; or if two modules use one name at their top.
    """
    texts: dict[str, str] = {}

    def add(path: str) -> None:
        if path in texts:
            return
        texts[path] = ""  # it stands in line from here, so that two modules may import each other
        text = read(path)
        for found in _IMPORT.finditer(text):
            if " as " in found[1]:
                raise CannotJoin(f"{path}: {found[0].strip()} gives what it imports another name.")
            add(posixpath.normpath(posixpath.join(posixpath.dirname(path), found[2])))
        del texts[path]
        texts[path] = _EXPORT.sub("", _IMPORT.sub("", text))
        if left := _LEFT.search(texts[path]):
            raise CannotJoin(f"{path}: {left[0]} is not a form that scripts/front_end.py can join.")

    add(entry)
    named: dict[str, str] = {}
    for path, text in texts.items():
        for found in _TOP.finditer(text):
            for name in re.findall(r"\w+", found[1]):
                if name in named:
                    raise CannotJoin(f"{path} and {named[name]} both have {name} at their top. Rename one of them.")
                named[name] = path
    return "".join(texts.values())
