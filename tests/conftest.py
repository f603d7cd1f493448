"""What all tests share: ``--accept`` writes what came out into the cases, for the next look at ``git diff``."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--accept``."""
    parser.addoption("--accept", action="store_true", help="write what came out into the cases as expected")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether what comes out shall be written into the case as what is expected."""
    return bool(request.config.getoption("--accept"))
