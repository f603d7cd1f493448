"""The same rendition gives the same bytes: in other processes, time zones, hash seeds and locales."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from epub_books import rendition, written

SCRIPT = """
import sys
sys.path.insert(0, sys.argv[1])
from hashlib import sha256
from epub_books import rendition, written
print(sha256(written(rendition())).hexdigest())
"""


@pytest.fixture(scope="module")
def expected() -> str:
    return sha256(written(rendition())).hexdigest()


@pytest.mark.parametrize(
    ("zone", "seed", "locale"),
    [("UTC", "0", "C"), ("Pacific/Auckland", "1", "C.UTF-8"), ("America/St_Johns", "4242", "")],
)
def test_bytes_do_not_depend_on_the_process(expected: str, zone: str, seed: str, locale: str, tmp_path: Path) -> None:
    environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": locale}
    command = [sys.executable, "-c", SCRIPT, str(Path(__file__).parent)]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert run.stdout.strip() == expected


def test_the_order_of_resources_does_not_matter(expected: str) -> None:
    book = rendition()
    assert sha256(written(replace(book, resources=book.resources[::-1]))).hexdigest() == expected


def test_writing_twice_in_one_process_gives_the_same(expected: str) -> None:
    assert sha256(written(rendition())).hexdigest() == expected
