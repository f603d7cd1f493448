"""PDF: a rendition laid out in pages by WeasyPrint, in a child process, tagged for PDF/UA-1 and proved.

This package itself imports nothing heavy. ``engine`` and ``patches`` are the only doors to WeasyPrint.
"""

from publish.formats.pdf.native import report as native_report
from publish.formats.pdf.picture import first_page
from publish.formats.pdf.verify import verify
from publish.formats.pdf.writer import Limits, MissingLibrary, write

__all__ = ["Limits", "MissingLibrary", "first_page", "native_report", "verify", "write"]
