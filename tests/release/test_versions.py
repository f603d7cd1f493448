"""Versions and what CHANGES.md says of them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from publish.release.changes import changes, of_version, passages
from publish.release.version import Version, is_version

IN_ORDER = [
    "0.9",
    "1.0-draft",
    "1.0-draft.2",
    "1.0-draft.10",
    "1.0-rc",
    "1.0.0",
    "1.0.1",
    "1.2",
    "1.10",
    "2",
    "10.0.0.1",
]


def test_versions_are_ordered() -> None:
    versions = [Version.parse(text) for text in IN_ORDER]
    assert sorted({*versions}) == versions
    assert all(a < b for a, b in pairwise(versions))


@pytest.mark.parametrize(
    "text", ["", "one", "1.", ".1", "1..2", "01.2", "1.2.3.4.5", "1 2", "../1", "1/2", "1.0-", "1" * 70, "१.२"]
)
def test_what_is_no_version(text: str) -> None:
    assert not is_version(text)


def test_the_next_version() -> None:
    assert [Version.parse(v).next for v in ("1", "1.2", "v1.2.3", "2.0-rc.1")] == ["1.0.1", "1.2.1", "1.2.4", "2.0"]


CHANGES = """\
# Changes

Whatever stands here is about no version.

## [1.2.0](https://example.org/1.2.0) - 2026-05-06

New *here*:

- One,
  on two lines
- Two

## Version 1.1 (2026-03-02)
## v1.0.0
First.

### Not a version
Below it.
"""


def test_changes_are_read() -> None:
    told = changes(CHANGES.replace("\n", "\r\n"))
    assert [(one.version.text, one.date) for one in told] == [
        ("1.2.0", "2026-05-06"),
        ("1.1", "2026-03-02"),
        ("1.0.0", ""),
    ]
    assert told[1].notes == "" and told[2].notes.endswith("Below it.")
    assert passages(told[0].notes) == (("text", ("New *here*:",)), ("list", ("One, on two lines", "Two")))
    assert of_version(told, Version.parse("1.1")) is told[1] and of_version(told, Version.parse("1.1.0")) is None
    assert changes("") == () and passages("") == ()
