"""The table of subtags says what CLDR says, and is read without Babel."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import publish.project
from publish.project.languages import language
from publish.project.unsound import Unsound

ROOT = Path(__file__).parent.parent.parent


def test_the_table_is_what_babel_knows() -> None:
    made = subprocess.run([sys.executable, ROOT / "scripts/subtags", "--print"], capture_output=True, check=True)
    table = Path(publish.project.__file__).with_name("subtags.tsv")
    assert table.read_bytes() == made.stdout


@pytest.mark.parametrize("tag", ["en", "en-GB", "ko-KP", "zh-Hant-TW", "sr-Latn", "es-419", "aqc", "de-1996", "grc"])
def test_a_sound_tag_stays(tag: str) -> None:
    assert language(tag) == language(tag.lower()) == tag


@pytest.mark.parametrize(
    ("tag", "hint"),
    [
        ("iw", "he"),
        ("deu-AT", "de-AT"),
        ("en-UK", "en-GB"),
        ("sr-YU", "sr-RS"),
        ("Koreen", "ko"),
        ("en_GB.UTF-8", "en-GB"),
    ],
)
def test_what_is_not_used_any_more_says_what_is(tag: str, hint: str) -> None:
    with pytest.raises(Unsound) as unsound:
        language(tag)
    assert unsound.value.hint == f"write: {hint}"


@pytest.mark.parametrize("tag", ["xx", "e", "en-XX", "en-Lath", "english language", ""])
def test_what_nobody_knows(tag: str) -> None:
    with pytest.raises(Unsound):
        language(tag)
