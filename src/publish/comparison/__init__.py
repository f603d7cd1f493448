"""What differs between two finished files: the text by paragraph, the pages, the pictures.

``compare`` gives a ``Comparison`` of two PDFs or two EPUBs, ``summary`` tells it in lines of text, ``page`` shows it in
one self-contained HTML file that needs no script.
"""

from publish.comparison.compare import compare
from publish.comparison.model import Comparison
from publish.comparison.showing import page, summary

__all__ = ["Comparison", "compare", "page", "summary"]
