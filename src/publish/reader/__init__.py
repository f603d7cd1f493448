"""The reader: a manuscript becomes a tree. The only door to Python-Markdown.

``read`` is what other rooms call. Inside: ``lines`` and ``text`` know where every character was written; ``blocks``
and ``inlines`` run Python-Markdown's registries over them; ``syntax`` has one module an addition to Markdown;
``division`` reads one file, ``assemble`` joins them.
"""

from __future__ import annotations

from publish.diagnostics import Log
from publish.document import Publication
from publish.project.model import Project
from publish.reader.assemble import assemble
from publish.reader.dialect import Dialect
from publish.reader.division import ReadDivision, read_division
from publish.reader.reading import Options

__all__ = ["Options", "ReadDivision", "read", "read_division"]


def read(project: Project, log: Log) -> Publication:
    """Read every division of a project, in order.

    What the reader cannot read is reported, each mistake at its line and column, and stays in the tree as words.
    """
    md = Dialect()
    divisions: list[ReadDivision] = []
    for source in project.divisions:
        one = read_division(source, Options(source.front.headings or project.style.headings), md)
        log.extend(one.diagnostics)
        divisions.append(one)
    return assemble(project, divisions, log)
