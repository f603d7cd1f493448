"""What each rule asks for, with an example: one file a rule in ``examples/``.

A file holds a few sentences, then the example's files, each under a line ``==> name`` (with a remark in parentheses
where characters cannot show what is in it), then the command under ``==> $ ...`` and what it prints of this rule.
The tests run every example that is not marked as ``(told)``.
"""

from __future__ import annotations

import re
from importlib.resources import files

from publish.cli.terminal import Terminal
from publish.diagnostics import RULES, Severity
from publish.records import dataclass

_HEADER = re.compile(r"^==> (?P<name>.*?)(?: \((?P<remark>[^()]*)\))?$", re.MULTILINE)


@dataclass(frozen=True)
class Passage:
    """A part of an example: a file's name, or a command after ``$``; a remark on it; its text."""

    name: str
    remark: str
    text: str


@dataclass(frozen=True)
class Example:
    """A rule's explanation: sentences, files that break the rule, and the command that says so with its answer."""

    prose: str
    files: tuple[Passage, ...]
    command: Passage


def example(rule: str) -> Example:
    """Read a rule's example. Raises FileNotFoundError for a rule that has none."""
    return parse(files("publish.cli").joinpath("examples", f"{rule}.txt").read_text(encoding="utf-8"))


def parse(text: str) -> Example:
    """Take an example's text apart."""
    headers = list(_HEADER.finditer(text))
    ends = [*(header.start() for header in headers[1:]), len(text)]
    passages = [
        Passage(header["name"], header["remark"] or "", text[header.end() + 1 : end])
        for header, end in zip(headers, ends, strict=True)
    ]
    return Example(text[: headers[0].start()].strip(), tuple(passages[:-1]), passages[-1])


def page(rule: str, terminal: Terminal) -> str:
    """Give what ``publish explain RULE`` prints."""
    found, shown = RULES[rule], example(rule)
    colour = "red" if found.severity is Severity.ERROR else "yellow"
    lines = [
        f"{terminal.style(rule, colour, bold=True)} ({_kind(found.severity)})",
        terminal.style(found.holds, bold=True),
        "",
        *shown.prose.splitlines(),
    ]
    for passage in (*shown.files, shown.command):
        remark = f" ({passage.remark})" if passage.remark and passage.remark != "told" else ""
        lines += ["", terminal.style(f"{passage.name}{remark}", "blue")]
        lines += [f"    {line}".rstrip() for line in passage.text.strip("\n").splitlines()]
    return "\n".join(lines)


def table(terminal: Terminal) -> str:
    """Give every rule with its sentence, errors first."""
    width = max(map(len, RULES))
    lines = []
    for severity in Severity:
        lines += [terminal.style(f"{_kind(severity)}s".capitalize(), bold=True)]
        lines += [f"  {rule.name:<{width}}  {rule.holds}" for rule in RULES.values() if rule.severity is severity]
    return "\n".join([*lines, "", "publish explain RULE says more, with an example."])


def _kind(severity: Severity) -> str:
    return "error" if severity is Severity.ERROR else "warning, can be switched off"
