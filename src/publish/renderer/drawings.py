"""The formulas of a publication as drawings: what print shows, and what an EPUB's MathML names in its stead."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from publish import formulas
from publish.document import Equation, Math, Publication, walk
from publish.rendition import Resource


def name(tex: str, display: bool) -> str:
    """Give the name of a formula's drawing among the resources: the same for the same formula."""
    return f"formulas/{sha256(f'{display}{tex}'.encode()).hexdigest()[:24]}.svg"


def resources(publication: Publication) -> Iterator[Resource]:
    """Give the drawing of each formula of a publication, once."""
    nodes = (node for node in walk(publication) if isinstance(node, Math | Equation))
    for tex, display in dict.fromkeys((node.tex, isinstance(node, Equation) or node.display) for node in nodes):
        yield Resource(name(tex, display), "image/svg+xml", formulas.drawing(tex, display).data)
