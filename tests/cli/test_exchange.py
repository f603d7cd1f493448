"""What GitHub and SARIF viewers are told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playing import play, publication

from publish.cli import exchange
from publish.diagnostics import RULES, Edit, Fix, Log
from publish.source import Source

TEXT = "Title: 100 %, one\nsecond line 한\n"


@pytest.fixture
def log() -> Log:
    log, source = Log(), Source("manuscript/an essay.md", TEXT)
    fix = Fix("write Two", (Edit(source.span(18, 24), "Two"),))
    log.report("title-quoted", "100 % wrong", source.span(0, 5), hint="mend it,\nnow: please")
    log.report("note-used", "over two lines", source.span(7, 24), fix=fix)
    log.report("output-written", "no room", file="/elsewhere/book.pdf")
    log.report("date-present", "no date", file="publication.yaml")
    return log


def test_github(log: Log) -> None:
    assert list(exchange.github(log, base="journal/")) == [
        "::error file=/elsewhere/book.pdf,title=output-written::no room",
        (
            "::error file=journal/manuscript/an essay.md,line=1,endLine=1,col=1,endColumn=5,title=title-quoted"
            "::100 %25 wrong%0Amend it,%0Anow: please"
        ),
        "::warning file=journal/manuscript/an essay.md,line=1,endLine=2,col=8,title=note-used::over two lines",
        "::warning file=journal/publication.yaml,title=date-present::no date",
    ]


def test_what_is_said_cannot_give_github_commands() -> None:
    log = Log()
    log.report("file-exists", "no “x\r\n::add-mask::y”", file="a,line=5::b\n::stop-commands::z")
    assert list(exchange.github(log)) == [
        "::error file=a%2Cline=5%3A%3Ab%0A%3A%3Astop-commands%3A%3Az,title=file-exists::no “x%0D%0A::add-mask::y”"
    ]


def test_sarif(log: Log) -> None:
    run = exchange.sarif(log, base="journal/")["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    quoted = run["results"][1]
    assert quoted["message"]["text"].startswith("100 % wrong. ")
    assert quoted["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "journal/manuscript/an%20essay.md"},
                "region": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 6},
            }
        }
    ]
    fixes = run["results"][2]["fixes"]
    assert fixes[0]["artifactChanges"][0]["replacements"] == [
        {
            "deletedRegion": {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 7},
            "insertedContent": {"text": "Two"},
        }
    ]


# The properties of SARIF 2.1.0 that are used here: for each object, those required and those allowed.
SHAPES: dict[str, tuple[set[str], set[str]]] = {
    "": ({"version", "runs"}, {"$schema"}),
    "runs": ({"tool"}, {"results", "columnKind"}),
    "tool": ({"driver"}, set()),
    "driver": ({"name"}, {"semanticVersion", "rules"}),
    "rules": ({"id"}, {"shortDescription", "defaultConfiguration"}),
    "shortDescription": ({"text"}, set()),
    "defaultConfiguration": (set(), {"level"}),
    "results": ({"message"}, {"ruleId", "ruleIndex", "level", "locations", "fixes"}),
    "message": ({"text"}, set()),
    "locations": (set(), {"physicalLocation"}),
    "physicalLocation": ({"artifactLocation"}, {"region"}),
    "artifactLocation": ({"uri"}, set()),
    "region": ({"startLine", "startColumn", "endLine", "endColumn"}, set()),
    "deletedRegion": ({"startLine", "startColumn", "endLine", "endColumn"}, set()),
    "fixes": ({"artifactChanges"}, {"description"}),
    "description": ({"text"}, set()),
    "artifactChanges": ({"artifactLocation", "replacements"}, set()),
    "replacements": ({"deletedRegion"}, {"insertedContent"}),
    "insertedContent": ({"text"}, set()),
}


def _hold(value: Any, name: str = "") -> None:
    if isinstance(value, dict):
        required, allowed = SHAPES[name]
        assert required <= value.keys() <= required | allowed
        for key, inside in value.items():
            _hold(inside, key)
    elif isinstance(value, list):
        for item in value:
            _hold(item, name)
    else:
        assert not isinstance(value, int) or value >= (0 if name == "ruleIndex" else 1)


def test_sarif_has_the_shape_that_the_standard_asks_for(log: Log) -> None:
    data = exchange.sarif(log)
    _hold(data)
    assert data["version"] == "2.1.0"
    run = data["runs"][0]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["ruleId"] in RULES and result["level"] in ("error", "warning")


def test_sarif_of_nothing_has_results_and_none() -> None:
    assert exchange.sarif(Log())["runs"][0]["results"] == []


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", ["github", "sarif", "json", "concise"])
def test_files_are_named_from_where_the_command_runs(shape: str, tmp_path: Path) -> None:
    publication(tmp_path / "my journal", "# Essay\n\nA call.[^1]\n")
    done = play("check", "my journal", "--format", shape, cwd=tmp_path)
    assert done.returncode == 1
    said = done.stderr if shape == "concise" else done.stdout
    assert ("my%20journal/" if shape == "sarif" else "my journal/") + "manuscript/essay.md" in said
    if shape in ("json", "sarif"):
        json.loads(done.stdout)
    if shape != "concise":
        assert done.stderr == ""


def test_mended_mistakes_are_told_as_data(tmp_path: Path) -> None:
    publication(tmp_path, "---\ntitle: One: two\n---\n\nText.\n")
    before = json.loads(play("check", "--format", "json", cwd=tmp_path).stdout)
    assert before["mended"] == []
    edits = before["diagnostics"][0]["fix"]["edits"]
    assert edits == [{"line": 2, "column": 8, "end_line": 2, "end_column": 16, "text": '"One: two"'}]
    done = play("check", "--fix", "--format", "json", cwd=tmp_path)
    after = json.loads(done.stdout)
    assert done.returncode == 0
    assert (after["diagnostics"], after["mended"]) == ([], before["diagnostics"])


def test_mending_is_told_to_people(tmp_path: Path) -> None:
    publication(tmp_path, "---\ntitle: One: two\n---\n\nText.\n")
    assert "1 error; 1 can be mended with publish check --fix." in play("check", cwd=tmp_path).stderr
    done = play("check", "--fix", cwd=tmp_path)
    assert done.stderr == (
        "manuscript/essay.md:2:11: mended[title-quoted]: put the value in quotation marks\n"
        "Mended 1 mistake; checked 1 division and found no mistake.\n"
    )


def test_a_finished_file_is_not_mended(tmp_path: Path) -> None:
    (tmp_path / "book.pdf").write_bytes(b"%PDF-1.4")
    done = play("check", "book.pdf", "--fix", cwd=tmp_path)
    assert done.returncode == 2 and "build again" in done.stderr
