"""Cases that an editor can read: parts of a text file, each under a line of four hyphens and its name."""

from __future__ import annotations

import re
from pathlib import Path

CASES = Path(__file__).parent.parent / "cases" / "citations"
_PART = re.compile(r"^---- (.+)\n", re.MULTILINE)


def parts(text: str) -> dict[str, str]:
    """Give the parts of a case by name; what stands before the first has no name."""
    pieces = _PART.split(text)
    return {"": pieces[0], **dict(zip(pieces[1::2], pieces[2::2], strict=True))}


def written(given: dict[str, str]) -> str:
    """Give a case as text."""
    return given.get("", "") + "".join(f"---- {name}\n{text}" for name, text in given.items() if name)


def compare(path: Path, part: str, made: str, accept: bool) -> None:
    """Compare a part of a case with what came out, or write it into the case."""
    case = parts(path.read_text(encoding="utf-8"))
    made = made.rstrip("\n") + "\n" if made else ""
    if accept and case.get(part) != made:
        path.write_text(written({**case, part: made}), encoding="utf-8")
    else:
        assert made == case.get(part, "")
