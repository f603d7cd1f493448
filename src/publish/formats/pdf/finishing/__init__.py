"""From the pages as they were laid out to the file that a printer, an archive or a reader of a newer standard asks for.

``finish`` takes the bytes of a PDF that ``publish.formats.pdf`` wrote and an order (``publish.profiles``), and gives
the bytes of that order's file. Nothing is laid out again here: colours, boxes, pages to fill up, and what the file
says of itself are changed in place.
"""

from publish.formats.pdf.finishing.finish import finish
from publish.formats.pdf.finishing.inks import UnfitProfile

__all__ = ["UnfitProfile", "finish"]
