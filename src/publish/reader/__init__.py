"""The reader: a manuscript becomes a tree. The only door to Python-Markdown.

``read`` is what other rooms call. Inside: ``lines`` and ``text`` know where every character was written; ``blocks``
and ``inlines`` run Python-Markdown's registries over them; ``syntax`` has one module an addition to Markdown;
``division`` reads one file, ``citing`` sets what all of them cite, ``assemble`` joins them, ``references`` numbers what
is referred to, ``lists`` sees to the lists of the book, ``selfciting`` says how it is cited itself.
"""

from __future__ import annotations

from dataclasses import replace

from publish.citations import Keeper
from publish.diagnostics import Log
from publish.document import Publication
from publish.project.model import DivisionSource, Project
from publish.reader.assemble import assemble
from publish.reader.citing import can_cite, set_citations
from publish.reader.dialect import Dialect
from publish.reader.division import ReadDivision, read_division
from publish.reader.lists import with_lists, without_empty_lists
from publish.reader.reading import Options
from publish.reader.references import set_references
from publish.reader.selfciting import set_self_citations

__all__ = ["Options", "ReadDivision", "read", "read_division"]


def read(project: Project, log: Log, keeper: Keeper | None = None) -> Publication:
    """Read every division of a project, in order. ``keeper`` is where formatted citations are kept.

    What the reader cannot read is reported, each mistake at its line and column, and stays in the tree as words.
    """
    md = Dialect()
    divisions: list[ReadDivision] = []
    for source in project.divisions:
        one = read_division(source, _options(project, source), md)
        log.extend(one.diagnostics)
        divisions.append(one)
    cited = set_citations(project, divisions, log, keeper)
    publication = assemble(project, cited.divisions, log)
    if cited.bibliography is not None:
        publication = replace(publication, divisions=(*publication.divisions, cited.bibliography))
    publication = set_references(with_lists(publication, project), project, log)
    return set_self_citations(without_empty_lists(publication, log), project, log, keeper)


def _options(project: Project, source: DivisionSource) -> Options:
    return Options(
        source.front.headings or project.style.headings,
        source.front.language or project.metadata.language,
        can_cite(project, source),
    )
