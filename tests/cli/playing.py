"""Plays cases: files are laid out, a command is run on them, and what it prints is given back.

A case is written as the examples of ``publish explain`` are: files under ``==> name``, the command under ``==> $``.
Remarks in parentheses say what characters cannot show; ``REMARKS`` is what they mean.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from publish.cli.explaining import Passage


def play(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command ``publish`` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "publish", *arguments],
        cwd=cwd,
        env={**_environment(), **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


def play_line(line: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as it stands in a case: ``$ publish check essay.md``."""
    _, program, *arguments = shlex.split(line)
    assert program == "publish"
    return play(*arguments, cwd=cwd)


def lay_out(files: tuple[Passage, ...], folder: Path) -> None:
    """Write a case's files into a folder."""
    for passage in files:
        path = folder / passage.name
        path.parent.mkdir(parents=True, exist_ok=True)
        make = next(
            (
                make
                for pattern, make in REMARKS.items()
                if pattern == passage.remark or re.fullmatch(pattern, passage.remark)
            ),
            None,
        )
        assert make is not None, f"nobody knows what ({passage.remark}) means"
        path.write_bytes(make(passage))


def _picture(passage: Passage) -> bytes:
    from io import BytesIO

    from PIL import Image

    width, height = map(int, re.findall(r"\d+", passage.remark))
    out = BytesIO()
    Image.new("1", (width, height), 1).save(out, "PNG")
    return out.getvalue()


REMARKS: Mapping[str, Callable[[Passage], bytes]] = {
    "": lambda passage: passage.text.encode(),
    "Windows-1252": lambda passage: passage.text.encode("cp1252"),
    "with ^G for the bell": lambda passage: passage.text.replace("^G", "\a").encode(),
    "é is written as e and an accent": lambda passage: passage.text.replace("é", "e\u0301").encode(),
    "20 MB": lambda passage: passage.text.encode() + b"\nAnd so on, and on." * 1_200_000,
    r"a picture of \d+ by \d+ pixels": _picture,
}


def _environment() -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if name not in ("SOURCE_DATE_EPOCH", "FORCE_COLOR")},
        "PYTHONUTF8": "1",
        "NO_COLOR": "1",
        "COLUMNS": "100",
    }


ESSAY = """---
title: The Port
author: An Author
date: 2016-03-02
lang: en
---

A paragraph with a note.[^1]

## The gate

Another one.

[^1]: A note.
"""


def publication(folder: Path, essay: str = ESSAY, settings: str = "") -> Path:
    """Write a small publication without a mistake and give its folder."""
    (folder / "manuscript").mkdir(parents=True)
    lines = 'title: "North and East"\nauthor: An Author\ndate: 2016-03-02\nlang: en\n' + settings
    (folder / "publication.yaml").write_text(lines, encoding="utf-8")
    (folder / "manuscript/essay.md").write_text(essay, encoding="utf-8")
    return folder
