"""What the content truly offers to readers who cannot see it or hold it: computed, never claimed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from publish.document import Image, InlineImage, Publication, walk
from publish.rendition import Accessibility

_FORMULA = re.compile(r"<(?:\w+:)?math\b([^>]*)>")
_INDEX = re.compile(r"""<[^>]*(?:epub:type="[^"]*\bindex\b|role="doc-index")""")


def accessibility(
    publication: Publication, words: Mapping[str, str], markup: Iterable[str] = (), *, pages: bool = False
) -> Accessibility:
    """Compute the accessibility metadata of an EPUB (EPUB Accessibility 1.1, section 2) from what it holds.

    ``markup`` are its parts, in XHTML; ``pages`` says whether it carries the page numbers of a print edition.
    ``alternativeText`` is only there when every picture is described or said to decorate; a book without pictures has
    no ``visual`` mode.
    """
    markup = tuple(markup)
    formulas = [found[1] for text in markup for found in _FORMULA.finditer(text)]
    pictures = [n for n in walk(publication) if isinstance(n, Image | InlineImage)]
    described = all(n.alt is not None for n in pictures)
    meaningful = any(n.alt != "" for n in pictures)
    notes = any(True for _ in publication.notes)
    modes = ("textual", "visual") if meaningful else ("textual",)
    sufficient = ("textual",) if described else ()
    features = {
        "alternativeText": meaningful and described,
        "ARIA": any(' role="doc-' in text for text in markup),
        "describedMath": bool(formulas) and all(" alttext=" in attributes for attributes in formulas),
        "displayTransformability": True,
        "index": any(_INDEX.search(text) for text in markup),
        "MathML": bool(formulas),
        "pageBreakMarkers": pages,
        "pageNavigation": pages,
        "readingOrder": True,
        "structuralNavigation": True,
        "tableOfContents": True,
        "unlocked": True,
    }
    sentences = {
        "access-text": True,
        "access-images": meaningful and described,
        "access-images-missing": not described,
        "access-math": bool(formulas),
        "access-notes": notes,
        "access-pages": pages,
    }
    return Accessibility(
        modes=modes,
        sufficient=sufficient + (("textual,visual",) if meaningful else ()),
        features=tuple(name for name, there in features.items() if there),
        hazards=("none",),
        summary=" ".join(words[name] for name, said in sentences.items() if said),
    )
