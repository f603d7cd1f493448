"""Gathers what ``publish.doctor`` judges: this machine, this installation and the publication here."""

from __future__ import annotations

import json
import os
import sys
import sysconfig
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

from publish.cli.terminal import Terminal, columns, visible
from publish.diagnostics import Log
from publish.doctor import Environment, Finding, Library, State, examine
from publish.project import Project, load

_MARKS: Mapping[State, tuple[str, str]] = {"fine": ("✓", "green"), "wanting": ("!", "yellow"), "missing": ("✗", "red")}


def examine_here(path: Path | None = None) -> list[Finding]:
    """Examine this machine, and the publication at ``path`` when there is one."""
    return examine(_environment(load(path, Log()) if path else None))


def as_table(findings: Sequence[Finding], terminal: Terminal) -> str:
    """Give one line a finding, with the line that mends it below."""
    width = max(columns(finding.name) for finding in findings)
    lines = []
    for finding, following in zip(findings, [*findings[1:], None], strict=True):
        mark, colour = _MARKS[finding.state]
        lines.append(f"{terminal.style(mark, colour)} {finding.name:<{width}}  {visible(finding.what)}")
        if finding.remedy and (following is None or following.remedy != finding.remedy):  # one line mends them all
            lines.append(f"  {'':<{width}}  → {terminal.style(finding.remedy, bold=True)}")
    return "\n".join([*lines, "", _verdict(findings)])


def as_json(findings: Sequence[Finding]) -> str:
    """Give the findings as JSON: ``{"findings": [{name, state, what, remedy}]}``; states as in ``Finding``."""
    return json.dumps({"findings": [asdict(finding) for finding in findings]}, ensure_ascii=False, indent=2)


def _verdict(findings: Sequence[Finding]) -> str:
    missing = [finding.name for finding in findings if finding.state == "missing"]
    if missing:
        return f"Missing: {', '.join(missing)}. Type the line after each arrow."
    wanting = sum(finding.state == "wanting" for finding in findings)
    return "All is well." if not wanting else "Everything needed is here."


def _environment(project: Project | None) -> Environment:
    return Environment(
        platform=sys.platform,
        python=sys.version_info[:3],
        executable=Path(sys.executable),
        own_folder=Path(sysconfig.get_path("scripts")),
        commands=tuple(_commands()),
        libraries=tuple(_libraries()),
        os_release=_os_release(),
        encoding=sys.stderr.encoding or "",
        is_root=hasattr(os, "geteuid") and os.geteuid() == 0,
        fonts=_fonts(project),
        languages=_languages(project),
        output=project.output if project else None,
        output_writable=_can_be_written(project.output) if project else True,
        **_referees(),
    )


def _commands() -> Iterator[Path]:
    """Give every ``publish`` on the PATH, the first one first."""
    names = ("publish.exe", "publish.cmd") if sys.platform == "win32" else ("publish",)
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        yield from (p for name in names if folder and os.access(p := Path(folder, name), os.X_OK) and p.is_file())


def _libraries() -> Iterator[Library]:
    from publish.formats.pdf import native

    needed = {library.stem: library.needed for library in native.LIBRARIES}
    for found in native.report():
        yield Library(found.library, found.path or "", found.version, needed[found.library])


def _referees() -> dict[str, Path | None]:
    from publish.formats.epub import checker
    from publish.formats.pdf import verapdf
    from publish.java import find_java

    java = find_java(os.environ.get("JAVA_HOME", ""))
    bridge = find_spec("jpype")  # they are libraries for Java; Python speaks to them through JPype
    judges = {"epubcheck": checker.find_jar(), "verapdf": verapdf.find_jar()}
    return {"java": java, **(judges if bridge else dict.fromkeys(judges))}


def _fonts(project: Project | None) -> dict[str, bool]:
    from publish.project import Style
    from publish.renderer.theme import load as load_theme

    theme = load_theme((project.style if project else Style()).theme, project.styles if project else None, Log())
    return {name: os.access(path, os.R_OK) for name, path in theme.fonts.items()} if theme else {}


def _languages(project: Project | None) -> dict[str, bool]:
    """Say of each language of the publication whether words are divided in it."""
    if project is None:
        return {}
    import pyphen  # type: ignore[import-untyped]  # it has no type marker

    found = {project.metadata.language: None, **{d.front.language: None for d in project.divisions if d.front.language}}
    return {language: bool(pyphen.language_fallback(language)) for language in found}


def _can_be_written(folder: Path) -> bool:
    """Whether a folder can be written to, or made where it is to stand."""
    there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def _os_release() -> dict[str, str]:
    """Read what the system says of itself (os-release(5))."""
    for place in ("/etc/os-release", "/usr/lib/os-release"):
        try:
            text = Path(place).read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        pairs = (line.partition("=") for line in text.splitlines() if "=" in line)
        return {key.strip(): value.strip().strip("\"'") for key, _, value in pairs}
    return {}
