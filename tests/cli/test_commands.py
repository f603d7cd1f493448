"""The commands around the manuscript: help, new, doctor, completion, clean; and how light they are to start."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from playing import play, publication

COMMANDS = {"build", "pdf", "epub", "cover", "check", "proof", "diff", "release", "verify", "push"}
COMMANDS |= {"new", "doctor", "clean", "explain", "completion"}

ENGINES = {"weasyprint", "ebooklib"}
HEAVY = ENGINES | {"lxml", "PIL", "jinja2", "markdown", "pikepdf", "pypdfium2", "fontTools", "babel"}


def _loaded(*arguments: str, cwd: Path) -> set[str]:
    """Run the command in a fresh Python and give which of the heavy libraries it has loaded."""
    code = (
        "import sys\nfrom publish.cli import run\ncode = run(sys.argv[1:])\n"
        f"print(code, *(name for name in {sorted(HEAVY)} if name in sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], cwd=cwd, capture_output=True, text=True, check=True)
    status, *names = done.stderr.splitlines()[-1].split()
    assert status == "0", done.stderr
    return set(names)


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["explain"], ["new", "journal", "--yes"]])
def test_what_needs_no_library_loads_none(arguments: list[str], tmp_path: Path) -> None:
    assert _loaded(*arguments, cwd=tmp_path) == set()


def test_check_loads_no_engine(tmp_path: Path) -> None:
    publication(tmp_path)
    assert _loaded("check", cwd=tmp_path) & (ENGINES | {"pikepdf", "jinja2", "fontTools", "babel"}) == set()


def test_help_names_every_command(tmp_path: Path) -> None:
    done = play("--help", cwd=tmp_path)
    assert set(re.findall(r"^  ([a-z]+)  ", done.stdout.partition("Commands:")[2], re.MULTILINE)) == COMMANDS
    assert done.returncode == 0
    assert play(cwd=tmp_path).stdout == done.stdout


def test_the_version_names_the_distribution(tmp_path: Path) -> None:
    assert "octavo" in play("--version", cwd=tmp_path).stdout


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_help(command: str, tmp_path: Path) -> None:
    done = play(command, "--help", cwd=tmp_path)
    assert done.returncode == 0 and done.stdout.startswith(f"Usage: publish {command} ")


# --- new --------------------------------------------------------------------------------------------------------


def test_new_prints_the_files_and_says_what_comes_next(tmp_path: Path) -> None:
    done = play("new", "my journal", cwd=tmp_path, SOURCE_DATE_EPOCH="1457000000")
    assert done.returncode == 0
    assert "my journal/publication.yaml" in done.stdout.splitlines()
    assert all((tmp_path / line).is_file() for line in done.stdout.splitlines())
    assert done.stderr == "Next:\n  cd 'my journal'\n  publish build --open\n"
    assert "2016-03-03" in (tmp_path / "my journal/publication.yaml").read_text()


def test_new_takes_answers_from_options(tmp_path: Path) -> None:
    answers = ["--title", "Nord: Ost", "--author", "A. N. Author", "--lang", "de", "--template", "collection"]
    assert play("new", "x", *answers, cwd=tmp_path).returncode == 0
    text = (tmp_path / "x/publication.yaml").read_text(encoding="utf-8")
    assert 'title: "Nord: Ost"' in text and "lang: de" in text and "A. N. Author" in text


def test_new_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "publication.yaml").write_text("title: Mine\n")
    done = play("new", ".", "--yes", cwd=tmp_path)
    assert done.returncode == 2 and "there already" in done.stderr
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("publication.yaml", "title: Mine\n")]


def test_new_asks_at_most_four_questions_on_a_terminal(tmp_path: Path) -> None:
    import pty

    main, other = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "publish", "new", "x"],
        cwd=tmp_path, stdin=other, stdout=subprocess.PIPE, stderr=other, env={**os.environ, "NO_COLOR": "1"},
    )  # fmt: skip
    os.write(main, b"North and East\nAn Author\nen-GB\ncollection\n")
    process.communicate(timeout=60)
    asked = os.read(main, 100_000).decode()
    assert process.returncode == 0
    assert asked.count("?") == 4
    text = (tmp_path / "x/publication.yaml").read_text(encoding="utf-8")
    assert 'title: "North and East"' in text and "lang: en-GB" in text
    assert (tmp_path / "x/manuscript/acknowledgements.md").exists()


# --- doctor, completion --------------------------------------------------------------------------------------------


def test_doctor_tells_this_machine(tmp_path: Path) -> None:
    publication(tmp_path)
    done = play("doctor", "--json", cwd=tmp_path)
    findings = {finding["name"]: finding for finding in json.loads(done.stdout)["findings"]}
    assert findings["Python"]["state"] == "fine" and sys.executable in findings["Python"]["what"]
    assert {"pango-1.0", "harfbuzz-subset", "fontconfig"} <= set(findings)
    assert "“en”" in findings["Hyphenation"]["what"]
    assert done.returncode == (3 if any(f["state"] == "missing" for f in findings.values()) else 0)
    table = play("doctor", cwd=tmp_path).stdout
    assert all(name in table for name in findings)


def test_doctor_finds_another_publish_first_on_the_path(tmp_path: Path) -> None:
    stranger = tmp_path / "bin/publish"
    stranger.parent.mkdir()
    stranger.write_text("#!/bin/sh\n")
    stranger.chmod(0o755)
    done = play("doctor", cwd=tmp_path, PATH=f"{stranger.parent}:{os.environ['PATH']}")
    assert re.search(rf"! publish +typing “publish” runs {stranger}, which is not this program", done.stdout)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str, tmp_path: Path) -> None:
    done = play("completion", shell, cwd=tmp_path)
    assert done.returncode == 0 and f"_PUBLISH_COMPLETE={shell}_complete" in done.stdout


def test_a_shell_is_told_how_a_word_goes_on(tmp_path: Path) -> None:
    asked = {"_PUBLISH_COMPLETE": "bash_complete", "COMP_WORDS": "publish ex", "COMP_CWORD": "1"}
    assert play(cwd=tmp_path, **asked).stdout.strip() == "plain,explain"


# --- clean ---------------------------------------------------------------------------------------------------------


def test_clean_takes_what_was_made_and_nothing_else(tmp_path: Path) -> None:
    publication(tmp_path / "journal")
    build = tmp_path / "journal/build"
    (build / ".cache/ab").mkdir(parents=True)
    mine = [build / "notes.txt", build / "other.pdf", build / ".gitignore", build / ".cache/mine.txt"]
    made = [
        build / "north-and-east.pdf",
        build / "north-and-east.epub",
        build / ".north-and-east.pdf.1-0.part",
        build / f".cache/ab/{'0' * 62}",
    ]
    for path in (*mine, *made):
        path.write_text("x")
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    done = play("clean", cwd=tmp_path / "journal")
    assert done.returncode == 0
    assert before - {path for path in tmp_path.rglob("*") if path.is_file()} == set(made)
    assert "build/north-and-east.pdf" in done.stdout.splitlines()


def test_clean_beside_an_essay_leaves_what_others_made(tmp_path: Path) -> None:
    (tmp_path / "essay.md").write_text("# The Port\n\nText.\n")
    (tmp_path / "essay.pdf").write_bytes(b"%PDF-1.4 made by a scanner")
    (tmp_path / "essay.epub").write_bytes(b"no book at all")
    assert play("clean", "essay.md", cwd=tmp_path).returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["essay.epub", "essay.md", "essay.pdf"]


# --- the ends ------------------------------------------------------------------------------------------------------


def test_a_fault_of_ours_is_one_sentence_and_a_traceback_only_when_asked(tmp_path: Path) -> None:
    code = (
        "import sys, publish.build\n"
        "def broken(*_): raise RuntimeError('a wheel came off')\n"
        "publish.build.examine = broken\n"
        "from publish.cli import run\n"
        "sys.exit(run(sys.argv[1:]))"
    )
    run = [sys.executable, "-c", code, "check"]
    done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 70
    assert done.stderr.splitlines() == [
        "error: publish itself failed (RuntimeError: a wheel came off); the fault is ours",
        "  = help: run the same command with --debug and send us what it prints",
    ]
    assert "Traceback" in subprocess.run([*run, "--debug"], capture_output=True, text=True, check=False).stderr


@pytest.mark.parametrize("arguments", [("check", "locked/essay.md"), ("pdf", "-o", "locked/x.pdf"), ("new", "locked")])
def test_a_folder_that_may_not_be_entered_is_no_fault_of_ours(arguments: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "essay.md").write_text("# The Port\n\nText.\n")
    code = (  # root may enter every folder, so the system's word for it is put in its mouth
        "import os, sys\n"
        "stat = os.stat\n"
        "def guarded(path, *more, **how):\n"
        "    if 'locked' in str(path):\n"
        "        raise PermissionError(13, 'Permission denied', os.fspath(path))\n"
        "    return stat(path, *more, **how)\n"
        "os.stat = guarded\n"
        "from publish.cli import run\n"
        "sys.exit(run(sys.argv[1:]))"
    )
    run = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(run, cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == f"error: “{arguments[-1]}” cannot be reached: you have no permission"


def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path) -> None:
    line = f"{shlex.quote(sys.executable)} -m publish explain | head -n 1"
    done = subprocess.run(["sh", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stderr == "" and done.stdout == "Errors\n"


@pytest.mark.parametrize("value", ["yesterday", "-1", "1e9", "9" * 30])
def test_a_senseless_source_date(value: str, tmp_path: Path) -> None:
    (tmp_path / "essay.md").write_text("# The Port\n\nText.\n")
    done = play("epub", "essay.md", cwd=tmp_path, SOURCE_DATE_EPOCH=value)
    assert done.returncode == 2 and "SOURCE_DATE_EPOCH" in done.stderr
