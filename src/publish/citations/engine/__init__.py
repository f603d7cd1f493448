"""The only door to citeproc-py: CSL styles at work, with what citeproc-py gets wrong put right.

Data goes in as items of CSL-JSON, citations as ``model.Cluster``; marked strings come out (``marks``).
"""

from publish.citations.engine.processor import Processor
from publish.citations.engine.style import Style, StyleError, locale_data, locale_of

__all__ = ["Processor", "Style", "StyleError", "locale_data", "locale_of"]
