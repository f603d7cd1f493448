"""What all tests share: ``--accept`` writes what came out into the cases, for the next look at ``git diff``."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from publish.diagnostics import Log


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--accept``."""
    parser.addoption("--accept", action="store_true", help="write what came out into the cases as expected")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether what comes out shall be written into the case as what is expected."""
    return bool(request.config.getoption("--accept"))


# --- releases ---


@pytest.fixture(scope="session")
def publications(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two publications (``journal`` and ``essay``) and the catalogue of both (``dist``)."""
    from catalogues import ADDRESS, essay, journal, put_out

    folder = tmp_path_factory.mktemp("release")
    journal(folder / "journal")
    essay(folder / "essay")
    for name in ("essay", "journal"):
        log = Log()
        assert put_out(folder / name, "1.0.0", folder / "dist", log, address=ADDRESS) is not None, list(log)
    return folder


@pytest.fixture
def own(publications: Path, tmp_path: Path) -> Path:
    """A copy of it to work on."""
    copy = tmp_path / "own"
    shutil.copytree(publications, copy, symlinks=True)
    return copy


@pytest.fixture
def dist(own: Path) -> Path:
    """A copy of the catalogue."""
    return own / "dist"
