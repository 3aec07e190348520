"""How the modules of a page become one."""

from __future__ import annotations

import pytest

from scripts.front_end import CannotJoin, joined


def test_each_module_stands_once_and_before_what_imports_it() -> None:
    files = {
        "a/main.js": 'import { one } from "./one.js";\nimport { two } from "../two.js";\nexport const main = one;\n',
        "a/one.js": 'import { two } from "../two.js";\nexport const one = two;\n',
        "two.js": "export const two = 2;\n",
    }
    assert joined("a/main.js", files.__getitem__) == "const two = 2;\nconst one = two;\nconst main = one;\n"


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ("export default 1;\n", "other.js: export default 1; is not a form"),
        ('import * as all from "./third.js";\n', "is not a form"),
        ('import { one as two } from "./third.js";\n', "gives what it imports another name"),
        ("const main = 2;\n", "main.js and other.js both have main"),
        ("let [main, two] = [1, 2];\n", "both have main"),
    ],
)
def test_what_cannot_be_joined_is_refused(other: str, said: str) -> None:
    files = {"main.js": 'import { x } from "./other.js";\nconst main = 1;\n', "other.js": other, "third.js": ""}
    with pytest.raises(CannotJoin, match=said):
        joined("main.js", files.__getitem__)
