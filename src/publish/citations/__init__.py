"""Citations: records out of bibliography files, formatted by CSL styles. It knows nothing of Markdown or templates.

    .bib, .json --load--> Library --cite--> Record;  Clusters + Records + style --format_citations--> Formatted

``bibtex`` is the only door to bibtexparser, ``engine`` to citeproc-py; both are opened where they are first needed.
``rich`` makes nodes of what was formatted.
"""

from publish.citations.builtin import DEFAULT, built_in, names
from publish.citations.formatting import Keeper, StyleUnusable, format_citations, in_notes
from publish.citations.library import SUFFIXES, Library, load
from publish.citations.model import Cite, Cluster, Entry, Formatted, Printed, Record

__all__ = [
    "DEFAULT",
    "SUFFIXES",
    "Cite",
    "Cluster",
    "Entry",
    "Formatted",
    "Keeper",
    "Library",
    "Printed",
    "Record",
    "StyleUnusable",
    "built_in",
    "format_citations",
    "in_notes",
    "load",
    "names",
]
