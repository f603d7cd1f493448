"""The order of headings."""

from __future__ import annotations

from publish.checks.subject import Subject
from publish.diagnostics import Log
from publish.document import Section, children, plain


def heading_levels(subject: Subject, log: Log) -> None:
    """Find headings more than one level below the heading that they stand under.

    Who hears a text goes through it by its headings, and takes a missing level for a missing part.
    """
    for division in subject.publication.divisions:
        _descend(division, 1, log)


def _descend(node: object, above: int, log: Log) -> None:
    if isinstance(node, Section):
        if node.level > above + 1:
            _report(node, above, log)
        above = node.level
    if not isinstance(node, str):
        for child in children(node):
            _descend(child, above, log)


def _report(section: Section, above: int, log: Log) -> None:
    over = "the title" if above == 1 else f"a heading of level {above} ({'#' * above})"
    log.report(
        "heading-levels",
        f"“{plain(section.title)}” is a heading of level {section.level} right under {over}",
        section.span,
        hint=f"write it with {'#' * (above + 1)}",
    )
