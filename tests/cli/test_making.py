"""Making and judging files from the command line: what goes to standard output, and every way to end."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest
from playing import ESSAY, play, publication

_TEXT, _NUMBER = {"type": "string"}, {"type": ["integer", "null"], "minimum": 1}
_DIAGNOSTIC = {
    "rule": _TEXT,
    "severity": {"enum": ["error", "warning"]},
    "message": _TEXT,
    "hint": _TEXT,
    "fix": {"type": ["object", "null"]},
    "file": {"type": ["string", "null"]},
    **dict.fromkeys(("line", "column", "end_line", "end_column"), _NUMBER),
}
_FILE = {
    "format": {"enum": ["pdf", "epub"]},
    "path": _TEXT,
    "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    "bytes": _NUMBER,
    "pages": _NUMBER,
    "unchanged": {"type": "boolean"},
}


def _list_of(fields: dict[str, object]) -> dict[str, object]:
    item = {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
    return {"type": "array", "items": item}


SCHEMA = {
    "type": "object",
    "properties": {"diagnostics": _list_of(_DIAGNOSTIC), "mended": _list_of(_DIAGNOSTIC), "files": _list_of(_FILE)},
    "required": ["diagnostics", "mended", "files"],
    "additionalProperties": False,
}


def _json(*arguments: str, cwd: Path, code: int = 0) -> dict[str, list[dict[str, object]]]:
    done = play(*arguments, "--format", "json", cwd=cwd)
    assert (done.returncode, done.stderr) == (code, "")
    told: dict[str, list[dict[str, object]]] = json.loads(done.stdout)
    jsonschema.validate(told, SCHEMA)
    return told


def test_paths_go_to_stdout_and_the_rest_to_stderr(tmp_path: Path) -> None:
    publication(tmp_path)
    done = play("build", "--no-referee", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout == "build/north-and-east.pdf\nbuild/north-and-east.epub\n"
    assert re.fullmatch(r"Made PDF of \d+ pages, \d+ kB and EPUB of \d+ kB\.\n", done.stderr)
    again = play("build", "--no-referee", cwd=tmp_path)
    assert (again.stdout, again.stderr) == (done.stdout, "Nothing has changed since the last build.\n")
    assert play("build", "--no-referee", "-q", cwd=tmp_path).stderr == ""
    assert re.search(r"Looking at the files +\d+\.\d\d s", play("build", "--no-referee", "-v", cwd=tmp_path).stderr)


def test_an_unchanged_build_loads_no_library(tmp_path: Path) -> None:
    publication(tmp_path)
    time.sleep(0.15)  # a file changed just now is not trusted
    assert play("build", "--no-referee", cwd=tmp_path).returncode == 0
    code = (
        "import sys\nfrom publish.cli import run\ncode = run(['build', '--no-referee'])\n"
        "heavy = ['weasyprint', 'ebooklib', 'lxml', 'PIL', 'jinja2', 'markdown', 'pikepdf', 'fontTools', 'ruamel']\n"
        "heavy += ['subprocess', 'tempfile', 'publish.project', 'publish.document', 'publish.child']\n"
        "print(code, [name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 []"
    assert "Nothing has changed" in done.stderr


def test_json_of_what_was_made(tmp_path: Path) -> None:
    publication(tmp_path)
    (first,) = _json("epub", "--no-referee", cwd=tmp_path)["files"]
    assert first["path"] == "build/north-and-east.epub" and not first["unchanged"]
    assert _json("epub", "--no-referee", cwd=tmp_path)["files"] == [{**first, "unchanged": True}]


def test_json_of_mistakes(tmp_path: Path) -> None:
    publication(tmp_path, ESSAY + "\nA call.[^2]\n")
    told = _json("check", cwd=tmp_path, code=1)
    assert told == {
        "diagnostics": [
            {
                "rule": "note-defined",
                "severity": "error",
                "message": "the note [^2] is called, but it is not written",
                "hint": "write it as a paragraph “[^2]: ...”",
                "file": "manuscript/essay.md",
                "line": 16,
                "column": 8,
                "end_line": 16,
                "end_column": 12,
                "fix": None,
            }
        ],
        "files": [],
        "mended": [],
    }


@pytest.mark.parametrize("kind", ["pdf", "epub"])
def test_a_finished_file_is_judged(kind: str, tmp_path: Path) -> None:
    (tmp_path / "essay.md").write_text(ESSAY, encoding="utf-8")
    assert play(kind, "essay.md", "-o", f"book.{kind}", "--no-referee", cwd=tmp_path).stdout == f"book.{kind}\n"
    done = play("check", f"book.{kind}", "--strict", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, f"“book.{kind}” is sound.\n")
    data = (tmp_path / f"book.{kind}").read_bytes()
    (tmp_path / f"book.{kind}").write_bytes(data[: len(data) // 2])
    done = play("check", f"book.{kind}", "--no-referee", cwd=tmp_path)
    assert done.returncode == 1 and f"error[{kind}-valid]" in done.stderr


def test_a_folder_for_what_is_made(tmp_path: Path) -> None:
    (tmp_path / "essay.md").write_text(ESSAY, encoding="utf-8")
    done = play("epub", "essay.md", "-o", "out/new", "--no-referee", cwd=tmp_path)
    assert (tmp_path / done.stdout.strip()).parent == tmp_path / "out/new"


def test_a_full_disk(tmp_path: Path) -> None:
    (tmp_path / "essay.md").write_text(ESSAY, encoding="utf-8")
    done = play("epub", "essay.md", "-o", "/dev/full", "--no-referee", cwd=tmp_path)
    assert done.returncode == 1
    assert "error[output-written]: “full” could not be written: the disk is full" in done.stderr


def test_a_missing_library_is_told_with_the_line_that_mends_it(tmp_path: Path) -> None:
    (tmp_path / "essay.md").write_text(ESSAY, encoding="utf-8")
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib/libpango-1.0.so.0").touch()  # an empty file is no library, and hides the system's
    done = play("pdf", "essay.md", cwd=tmp_path, LD_LIBRARY_PATH=str(tmp_path / "lib"))
    assert done.returncode == 3
    first, second = done.stderr.splitlines()
    assert first.startswith("error: the PDF cannot be made on this machine; missing: libpango-1.0.so.0")
    assert second.startswith("  = help: ") and second.endswith("publish doctor")
    asked = play("doctor", cwd=tmp_path, LD_LIBRARY_PATH=str(tmp_path / "lib"))
    assert asked.returncode == 3 and "✗ pango-1.0" in asked.stdout


def test_what_was_made_is_opened(tmp_path: Path) -> None:
    (tmp_path / "essay.md").write_text(ESSAY, encoding="utf-8")
    opener = tmp_path / "bin/xdg-open"
    opener.parent.mkdir()
    opener.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/opened\n')
    opener.chmod(0o755)
    path = f"{opener.parent}:{os.environ['PATH']}"
    done = play("epub", "essay.md", "--open", "--no-referee", cwd=tmp_path, PATH=path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "opened").read_text().strip().endswith(".epub")


def test_progress_is_shown_on_a_terminal_and_wiped(tmp_path: Path) -> None:
    import pty

    long = "".join(f"## The port {n}\n\n{'The river ran past the port. ' * 60}\n\n" for n in range(60))
    (tmp_path / "essay.md").write_text(ESSAY + "\n" + long, encoding="utf-8")
    main, other = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "CI"} | {"TERM": "xterm"}
    line = [sys.executable, "-m", "publish", "pdf", "essay.md", "--no-referee"]
    done = subprocess.run(line, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=other, check=True)
    shown = os.read(main, 100_000).decode()
    assert "Making the PDF …" in shown
    assert shown.rpartition("\x1b[K")[2].strip("\r\n\x1b[01m").startswith("Made PDF")
    assert done.stdout.endswith(b".pdf\n")


def test_where_the_time_went_is_written_for_a_browser(tmp_path: Path) -> None:
    (tmp_path / "essay.md").write_text(ESSAY, encoding="utf-8")
    done = play("epub", "essay.md", "--no-referee", "--timings", "trace.json", "-v", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    events = json.loads((tmp_path / "trace.json").read_text())["traceEvents"]
    stages = {event["name"]: event for event in events if event["ph"] == "X"}
    lanes = {event["tid"]: event["args"]["name"] for event in events if event["ph"] == "M"}
    assert {"Reading the manuscript", "Making the EPUB", "Judging the EPUB"} <= set(stages)
    assert all(event["dur"] >= 0 and event["ts"] >= 0 and event["tid"] in lanes for event in stages.values())
    assert lanes[stages["Making the EPUB"]["tid"]] != lanes[stages["Judging the EPUB"]["tid"]]
    assert re.search(r"Making the EPUB +\d+\.\d\d s", done.stderr)
