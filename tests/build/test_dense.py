"""Every kind of block inside every kind that can hold it, past veraPDF by the standards for screens, old and new."""

from __future__ import annotations

from pathlib import Path

import dense
import pytest

from publish.build import Request, build
from publish.diagnostics import Log
from publish.formats import ordered
from publish.formats.pdf import referee
from publish.profiles import Order


@pytest.mark.skipif(bool(referee.lacking()), reason="veraPDF is not installed")
def test_everything_in_everything_passes_verapdf(tmp_path: Path) -> None:
    dense.write(tmp_path, "literata")
    log = Log()
    result = build(Request(tmp_path), log)
    assert result is not None
    assert [(found.place, found.message) for found in log] == [], "PDF/UA-1 among others"
    (made,) = result.files
    form = ordered(Order(standard="ua-2"))
    assert form.finish is not None
    data = form.finish(made.path.read_bytes(), log)
    assert data is not None
    form.verify(data, None, log, referee=True)
    assert [found.message for found in log] == []
