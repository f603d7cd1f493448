"""Page labels as they are written."""

from __future__ import annotations

import pytest

from publish.formats.pdf.labels import Label


@pytest.mark.parametrize(
    ("label", "text"),
    [
        (Label("D", 12), "12"),
        (Label("r", 4), "iv"),
        (Label("r", 1994), "mcmxciv"),
        (Label("R", 49), "XLIX"),
        (Label("a", 26), "z"),
        (Label("a", 28), "bb"),
        (Label("A", 3), "C"),
        (Label("", prefix="Cover"), "Cover"),
        (Label("D", 3, "A-"), "A-3"),
    ],
)
def test_labels(label: Label, text: str) -> None:
    assert str(label) == text


def test_counting_on() -> None:
    assert Label("D", 3).follows(Label("D", 2))
    assert not Label("D", 3).follows(Label("r", 2))
    assert not Label("D", 1).follows(Label("D", 2))
    assert not Label("", prefix="Cover").follows(Label("", prefix="Cover"))
