"""Judge the JSON-LD of a release's pages by all of schema.org, and the table of the tests by what it was cut from.

Usage: linked_data.py DIST SCHEMA.D.TS, the declarations of schema-dts; with --cut, write the table anew and judge nothing.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from vocabulary import CUT, USED, Vocabulary, faults, of_schema_dts

_SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def judge(dist: Path, vocabulary: Vocabulary) -> list[str]:
    """Say what is wrong in every page of a release; a publication's page without JSON-LD is wrong too."""
    found, judged = [], 0
    for page in sorted(dist.rglob("*.html")):
        beside = {file.name for file in page.parent.iterdir()}
        for text in _SCRIPT.findall(page.read_text(encoding="utf-8")):
            judged += 1
            found += [f"{page.relative_to(dist)}: {fault}" for fault in faults(json.loads(text), vocabulary, beside)]
    if judged < len(list(dist.glob("*/release.json"))):
        found.append("A publication's page has no JSON-LD")
    return found


def main(dist: Path, declarations: Path, *, cut: bool) -> int:
    """Print what is wrong; give 1 if anything is."""
    whole = of_schema_dts(declarations.read_text(encoding="utf-8"))
    table = whole.cut(*USED).written()
    if cut:
        CUT.write_text(table, encoding="utf-8")
        return 0
    found = judge(dist, whole)
    if CUT.read_text(encoding="utf-8") != table:
        found.append(f"{CUT.name} is not what {declarations} says: {Path(__file__).name} --cut writes it anew")
    for fault in found:
        print(fault)
    print(f"JSON-LD by {len(whole.parents)} types of schema.org: {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    paths = [Path(name) for name in sys.argv[1:] if name != "--cut"]
    sys.exit(main(*paths, cut="--cut" in sys.argv))
