"""Blocks of code."""

from __future__ import annotations

from publish import highlight
from publish.checks.subject import Subject
from publish.diagnostics import Log
from publish.document import CodeBlock


def code_language_known(subject: Subject, log: Log) -> None:
    """Find blocks of code in a language that nobody knows: they are printed, in one weight."""
    for block in subject.nodes(CodeBlock):
        if block.info and not highlight.known(block.info):
            hint = highlight.near(block.info) or "name another language after the fence, or none"
            log.report(
                "code-language-known", f"“{block.info}” is no language that can be coloured", block.span, hint=hint
            )
