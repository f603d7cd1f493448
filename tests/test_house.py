"""The house keeps its own rules: what docs/architecture.md promises of the code is true of every file of it."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import click
import pytest

import publish
from publish import diagnostics, document
from publish.cli.commands import publish as command
from publish.formats import FORMATS
from publish.project.styles import theme_names
from publish.renderer.nodes import macro_names, snake
from publish.renderer.theme import load

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "publish"
MODULES = sorted(SOURCE.rglob("*.py"))
RULES = sorted(diagnostics.RULES)


@cache
def tracked() -> tuple[Path, ...]:
    """Every text that is part of the project: what git tracks, or would if it were added."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not in a repository")
    files = (ROOT / name.decode() for name in listed.stdout.split(b"\0") if name)
    return tuple(file for file in files if file.is_file() and b"\0" not in file.read_bytes()[:8192])


def short(path: Path) -> str:
    """A file's path as it stands in the repository."""
    return path.relative_to(ROOT).as_posix()


# --- modules ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", MODULES, ids=short)
def test_a_module_says_what_it_is_for_and_stays_short(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "a module begins with a docstring"
    assert len(text.splitlines()) <= 400, "a module of more than 400 lines has more than one purpose"


def test_functions_are_short() -> None:
    lengths = sorted(
        (node.end_lineno or 0) - node.lineno + 1
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    assert lengths[len(lengths) // 2] <= 15
    assert lengths[len(lengths) * 9 // 10] < 60


def test_patterns_mean_the_same_to_every_python() -> None:
    """A group that gives nothing back, as (...)*+ or (?>...), matches wrongly in Python 3.11.2, which Debian 12 has."""
    group = re.compile(r"(?<![\\(])\)(?:[*+?]|\{\d*,?\d*\})\+|\(\?>")
    assert [short(module) for module in MODULES if group.search(module.read_text(encoding="utf-8"))] == []


def test_every_room_is_told_of_in_the_architecture() -> None:
    told = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = {p.stem if p.is_file() else p.name for p in SOURCE.iterdir() if p.suffix == ".py" or p.is_dir()}
    rooms -= {"__init__", "__main__", "__pycache__"}
    assert {room for room in rooms if not re.search(rf"\b{room}(\.py|/)", told)} == set()


# --- rules -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_named_for_what_holds_and_says_it(rule: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule)
    assert re.fullmatch(r"[A-Z].*\.", diagnostics.RULES[rule].holds)
    assert (SOURCE / "cli" / "examples" / f"{rule}.txt").is_file(), "publish explain has an example of every rule"


def strings(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_every_rule_can_be_broken() -> None:
    said = {text for module in MODULES if module.name != "diagnostics.py" for text in strings(module)}
    assert {rule for rule in RULES if rule not in said} == set()


# --- the tree and what is made of it ---------------------------------------------------------------------------------


NODES = {
    snake(name)
    for name, kind in inspect.getmembers(document, inspect.isclass)
    if issubclass(kind, document.Node) and kind not in {document.Node, document.Division}
}


def test_every_node_has_a_template_in_every_theme() -> None:
    assert set(macro_names()) == NODES
    for name in theme_names():
        theme = load(name, None, diagnostics.Log())
        assert theme is not None
        macros = set(re.findall(r"{%-? macro (\w+)\(", theme.read("nodes.xhtml")))
        assert NODES - macros == set(), f"the theme {name} lacks macros"


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_writes_verifies_and_has_tests(name: str) -> None:
    made = FORMATS[name]()
    assert made.name == name
    assert callable(made.write)
    assert callable(made.verify)
    assert list((ROOT / "tests" / "formats" / name).glob("test_*.py"))


# --- what people read ------------------------------------------------------------------------------------------------


def commands() -> list[str]:
    assert isinstance(command, click.Group)
    return sorted(name for name, one in command.commands.items() if not one.hidden)


@pytest.mark.parametrize("name", commands())
def test_every_command_is_told_of(name: str) -> None:
    assert f"publish {name}" in (ROOT / "README.md").read_text(encoding="utf-8")
    docs = "\n".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs").rglob("*.md"))
    assert f"publish {name}" in docs


def test_links_in_the_docs_lead_somewhere() -> None:
    for page in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        text = re.sub(
            r"```.*?```|`[^`\n]*`|^    .*$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
        )
        for target in re.findall(r"\]\(([^)#\s]+)", text):
            assert "://" in target or (page.parent / target).exists(), f"{short(page)} links to {target}"


# --- the repository --------------------------------------------------------------------------------------------------

# Put together here so that this file does not name them.
HOSTS = (
    "pypi" + ".org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "crates" + ".io",
    "yarn" + "pkg.com",
)
ELSEWHERE = ("../" + "shared", "/work" + "/", "/tmp" + "/prep")


def test_no_file_says_where_packages_are_fetched_or_where_it_was_written() -> None:
    found = {
        (short(file), word)
        for file in tracked()
        for text in [file.read_text(encoding="utf-8", errors="replace")]
        for word in (*HOSTS, *ELSEWHERE)
        if word in text
    }
    assert found == set()


def test_every_pin_has_hashes() -> None:
    pins = re.split(r"\n(?=\S)", (ROOT / "requirements.txt").read_text(encoding="utf-8").strip())
    assert [pin.split()[0] for pin in pins if not pin.startswith("#") and "--hash=sha256:" not in pin] == []


def test_the_version_is_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == publish.__version__


def test_build_stands_in_a_fresh_clone_and_holds_nothing() -> None:
    listed = [short(file) for file in tracked() if short(file).startswith("build/")]
    assert listed == ["build/.gitignore"]


@pytest.mark.parametrize("script", ["scripts/setup", "scripts/lock", "scripts/old-epubcheck", ".ci/run"])
def test_scripts_can_be_run(script: str) -> None:
    file = ROOT / script
    assert file.stat().st_mode & 0o111
    shell = file.read_text(encoding="utf-8").splitlines()[0].split("/")[-1].split()[-1]
    subprocess.run([shell, "-n", str(file)], check=True)


def test_setup_and_doctor_name_the_same_packages() -> None:
    packages = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    assert packages in (ROOT / "scripts" / "setup").read_text(encoding="utf-8")
    assert any(packages in text for module in MODULES for text in strings(module))


def test_make_help_names_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    assert set(phony[1].split()) == set(re.findall(r"^([\w-]+):.*## ", makefile, re.MULTILINE))


def test_no_folder_of_tests_is_passed_over(request: pytest.FixtureRequest) -> None:
    folders = {path.parent.relative_to(ROOT) for path in (ROOT / "tests").rglob("test_*.py")}
    names = {name for folder in folders for name in folder.parts}
    passed_over = [
        name for name in names for pattern in request.config.getini("norecursedirs") if fnmatch(name, pattern)
    ]
    assert passed_over == []
