"""From a Markdown manuscript to a print-ready PDF and an EPUB, both proved valid."""

__version__ = "0.1.0"
