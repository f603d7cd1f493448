"""Pictures made for the tests, so that nobody has to trust a file that nobody can read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from publish.document import Block, Division, Figure, Metadata, Publication
from publish.document import Image as Picture
from publish.project.model import Project

SECRET = "geheim"
"""What no book may hold; put into every place where cameras, programs and editors leave things."""


@pytest.fixture(scope="session")
def photograph() -> Image.Image:
    """A picture of 48 by 32 pixels in which no two corners look alike."""
    noise = Image.effect_noise((48, 32), 90).convert("RGB")
    noise.paste((200, 30, 40), (0, 0, 20, 8))
    noise.paste((20, 30, 200), (40, 0, 48, 32))
    return noise


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A publication's folder with an empty manuscript folder in it."""
    root = tmp_path / "publication"
    manuscript = root / "manuscript"
    manuscript.mkdir(parents=True)
    return Project(root, manuscript, None, root / "build", "book", Metadata("Book"), ())


@pytest.fixture
def showing() -> Callable[..., Publication]:
    """Give a function that makes a publication which shows the pictures named, each in a figure of its own."""

    def make(*paths: str, cover: str = "") -> Publication:
        figures: tuple[Block, ...] = tuple(Figure((Picture(path, "A picture"),)) for path in paths)
        division = Division("essay", "essay", "body", ("Essay",), figures)
        return Publication(Metadata("Book"), (division,), cover)

    return make
