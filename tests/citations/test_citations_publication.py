"""A publication with thirty citations, in three styles: what its PDF and its EPUB truly hold."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from lxml import etree

from publish.build import Request, build
from publish.diagnostics import Log
from publish.java import find_java

SOURCE = Path(__file__).parent.parent / "cases" / "citations" / "publication"
XHTML = {"x": "http://www.w3.org/1999/xhtml", "epub": "http://www.idpf.org/2007/ops"}

# What each style prints: in the text (or in notes), and in the list.
PRINTED = {
    "chicago-author-date": (
        ["(Ostrom 1990, 12)", "(see Hardin 1968, 1244–46; also Rao et al. 2015, chap. 3)", "(Jane Smith 2019a, 2019b)"],
        ["Hardin, Garrett. 1968. “The Tragedy of the Commons.” Science 162 (3859): 1243–48.", "Ostrom, Elinor. 1990."],
    ),
    "chicago-notes-bibliography": (
        ["Elinor Ostrom, Governing the Commons: The Evolution of Institutions for Collective Action (Cambridge"],
        ["Hardin, Garrett. “The Tragedy of the Commons.” Science 162, no. 3859 (1968): 1243–48."],
    ),
    "apa": (
        ["(Ostrom, 1990, p. 12)", "(see Hardin, 1968, pp. 1244–1246; also Rao et al., 2015, Chapter 3)"],
        ["Hardin, G. (1968). The tragedy of the commons. Science, 162(3859), 1243–1248."],
    ),
}
CITATIONS = 30


def _made(style: str, folder: Path, *, judged: bool = True) -> tuple[str, zipfile.ZipFile]:
    for name in ("works.bib", "manuscript/essay.md", "manuscript/second.md", "manuscript/bibliography.md"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text((SOURCE / name).read_text(encoding="utf-8"), encoding="utf-8")
    settings = (SOURCE / "publication.yaml").read_text(encoding="utf-8")
    (folder / "publication.yaml").write_text(f"{settings}citation-style: {style}\n", encoding="utf-8")
    log = Log()
    result = build(Request(folder, referee=judged and find_java() is not None), log)
    assert result is not None, "\n".join(f"{d.place} {d.rule.name}: {d.message}" for d in log)
    assert [d for d in log if d.rule.name != "referee-present"] == []
    pdf, epub = (next(made.path for made in result.files if made.format == name) for name in ("pdf", "epub"))
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return _joined("\n".join(pages)), zipfile.ZipFile(BytesIO(epub.read_bytes()))


def _joined(text: str) -> str:
    """Undo lines and hyphens at their ends."""
    return " ".join(re.sub(r"[\u0002\ufffe-]\r?\n(?=\w)", "", text).split())


@pytest.mark.parametrize("style", PRINTED)
def test_thirty_citations(style: str, tmp_path: Path) -> None:
    text, epub = _made(style, tmp_path)
    parts = {name: etree.fromstring(epub.read(name)) for name in epub.namelist() if name.endswith(".xhtml")}
    words = {name: " ".join("".join(map(str, part.itertext())).split()) for name, part in parts.items()}
    both = " ".join(words.values())
    for expected in (line for lines in PRINTED[style] for line in lines):
        assert expected in both, expected
        assert _bare(expected) in _bare(text), expected
    assert "[@" not in text + both
    _links(parts)
    cited = [span for part in parts.values() for span in part.iterfind(".//x:span[@class='citation']", XHTML)]
    assert len(cited) == CITATIONS + (2 if style == "chicago-notes-bibliography" else 0)  # names in the sentence


def _bare(text: str) -> str:
    return re.sub(r"[\s\-‐\u00ad\u0002\ufffe]", "", text)


def _links(parts: dict[str, etree._Element]) -> None:
    """Every link to a work leads to its entry, every entry is cited, and every note leads back."""
    ids = {
        f"{name.rsplit('/', 1)[-1]}#{one.get('id')}"
        for name, part in parts.items()
        for one in part.iterfind(".//*[@id]")
    }
    cited = set()
    for name, part in parts.items():
        for link in part.iterfind(".//x:a[@role]", XHTML):
            target = str(link.get("href"))
            target = f"{name.rsplit('/', 1)[-1]}{target}" if target.startswith("#") else target
            assert target in ids
            if link.get("role") == "doc-biblioref":
                cited.add(target.partition("#")[2])
            assert not link.findall(".//x:a", XHTML)
    entries = [
        one for part in parts.values() for one in part.iterfind(".//x:section[@role='doc-bibliography']//x:li", XHTML)
    ]
    assert {one.get("id") for one in entries} == cited
    assert len(entries) == 14


def test_the_same_bytes_again(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    _, first = _made("chicago-author-date", tmp_path / "a", judged=False)
    _, again = _made("chicago-author-date", tmp_path / "b", judged=False)
    assert {n: first.read(n) for n in first.namelist()} == {n: again.read(n) for n in again.namelist()}
