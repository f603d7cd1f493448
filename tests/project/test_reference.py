"""The page of keys says what the table of keys says."""

from __future__ import annotations

from pathlib import Path

from publish.project.reference import renewed

PAGE = Path(__file__).parents[2] / "docs" / "publication.md"


def test_the_page_is_up_to_date() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert renewed(page) == page, "run: python -m publish.project.reference docs/publication.md"
