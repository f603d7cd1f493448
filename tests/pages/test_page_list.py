"""Page for page with the print: every page marker stands before the very letters with which PDFium reads that page."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from second_reading import Mark, Sheet, bare, marks, sheets, without_leaders
from stress import TABLE_HEAD, publication

import old_epubcheck
from publish.build import Request, build
from publish.diagnostics import Log
from publish.formats.epub import epubcheck

ROOT = Path(__file__).parents[2]
PLACED_FREELY = ("titlepage.xhtml", "imprint.xhtml")
HEAD = 52  # points at the top of a page that hold no more than its running head


def made(path: Path) -> tuple[list[Sheet], list[Mark], bytes]:
    """Build a publication; give the pages of its PDF, the markers of its EPUB and the EPUB."""
    log = Log()
    result = build(Request(path, ("pdf", "epub"), referee=False, save=False), log)
    assert result is not None, [d.message for d in log]
    pdf, epub = (file.data for file in result.files)
    # The pages for screens begin with the cover and the blank one behind it, which are none of the print's.
    return [sheet for sheet in sheets(pdf, HEAD) if sheet.label != "Cover"], marks(epub), epub


def judged(sheet: Sheet, mark: Mark, following: Mark | None) -> str:
    """Say how a marker fits its page: ``exact``, ``picture``, ``blank``, or what is wrong."""
    after, lines = bare(mark.after[:2000]), list(map(without_leaders, sheet.lines))
    while lines and not _agree(bare(lines[0]), after) and _does_not_begin(lines[0], mark):
        lines.pop(0)
    if not lines:
        if mark.element == "img":
            return "picture"
        stays = following is not None and (mark.file, mark.after) == (following.file, following.after)
        return "blank" if stays else f"{sheet.label} is blank and marked before “{mark.after[:40]}”"
    first = bare(lines[0]) if len(bare(lines[0])) > 8 else bare("".join(lines[:2]))
    if _agree(first, after):
        return "exact" if after.startswith(first) else "turned"
    return f"{sheet.label} begins “{lines[0]}” and is marked before “{mark.after[:40]}”"


def _does_not_begin(line: str, mark: Mark) -> bool:
    """Whether a page does not begin with a line, though it is its first.

    The head of a table is printed again where the table goes on. And a figure or a table that had no room on the page
    before stands at the head of this one, though text that was written behind it has gone before it: the EPUB shows it
    before the marker.
    """
    words, shown = bare(line), bare(mark.shown)
    if TABLE_HEAD.casefold() in words:
        return not bare(mark.after).startswith(TABLE_HEAD.casefold())
    return bool(words) and (words in shown or (_is_turned(words) and not _letters(line) - _letters(mark.shown)))


def _letters(text: str) -> Counter[str]:
    """Count the words of a text, whose letters may be seen in another order than they are read in."""
    return Counter("".join(sorted(bare(word))) for word in re.findall(r"[^\W\d_]+", text))


def _agree(line: str, after: str) -> bool:
    """Whether a text begins with a line."""
    return after.startswith(line) or (_is_turned(line) and sorted(after[: len(line)]) == sorted(line))


def _is_turned(line: str) -> bool:
    """Whether a line runs from right to left: it is read from a page in the order in which its letters are seen."""
    return any(unicodedata.bidirectional(c) in ("R", "AL") for c in line)


def verdicts(pages: list[Sheet], found: list[Mark]) -> list[str]:
    """Judge every page whose text is drawn in the order in which it is read; two pages place theirs freely."""
    assert [mark.label for mark in found] == [sheet.label for sheet in pages]
    triples = zip(pages, found, [*found[1:], None], strict=True)
    return [judged(*one) for one in triples if not one[1].file.endswith(PLACED_FREELY)]


@pytest.mark.parametrize(("divisions", "blocks", "trim", "at_least"), [(8, 42, "A5", 250), (2, 25, "108x178mm", 70)])
def test_every_page_of_hundreds_is_marked_where_it_begins(
    divisions: int, blocks: int, trim: str, at_least: int, tmp_path: Path
) -> None:
    pages, found, epub = made(publication(tmp_path, divisions, blocks, seed=divisions, trim=trim))
    said = verdicts(pages, found)
    assert len(pages) >= at_least
    assert [one for one in said if one not in ("exact", "turned", "picture", "blank")] == []
    assert said.count("exact") + said.count("turned") > 0.9 * len(said)
    imprint = next(mark for mark in found if mark.file.endswith("imprint.xhtml"))
    assert bare(imprint.before) == ""
    if not epubcheck.lacking():
        log = Log()
        epubcheck.ask(epub, log)
        assert [d.message for d in log] == []
    if old_epubcheck.installed():
        assert old_epubcheck.complaints(epub, tmp_path) == []


def test_the_specimen_is_marked_where_its_pages_begin(tmp_path: Path) -> None:
    for name in ("manuscript", "styles"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "publication.yaml", tmp_path)
    said = verdicts(*made(tmp_path)[:2])
    assert [one for one in said if one not in ("exact", "picture", "blank")] == []


def test_the_second_reading_sees_a_marker_that_is_one_letter_off(tmp_path: Path) -> None:
    pages, found, _ = made(publication(tmp_path, 1, 6))
    exact = [n for n, one in enumerate(zip(pages, found, [*found[1:], None], strict=True)) if judged(*one) == "exact"]
    assert len(exact) > 3
    for n in exact:
        early = Mark(found[n].label, found[n].file, "", "q" + found[n].after, "")
        late = Mark(found[n].label, found[n].file, "", found[n].after.lstrip()[1:], "")
        assert judged(pages[n], early, None) != "exact" and judged(pages[n], late, None) != "exact"
