"""Typography: quotes, dashes, ellipses and spaces, set by the language of the words that they stand in.

``set_publication`` and ``set_division`` are what other rooms call; ``set_text`` sets a plain text, ``set_quotes``
nothing but quotes; ``set_for_press`` says where lines of the printed page may break. Letters and digits
never change. Curly quotes and dashes that an author typed stay as they are, and so do code, addresses and what stands
behind a backslash. What each language does is data: ``languages.toml``.

A hyphen between spaces ( - ) stays: nobody can say for certain whether it is a dash, a minus or the rest of a word.
"""

from __future__ import annotations

from publish.typography.press import address_pieces, bare, set_for_press
from publish.typography.tree import set_division, set_publication, set_quotes, set_text

__all__ = ["address_pieces", "bare", "set_division", "set_for_press", "set_publication", "set_quotes", "set_text"]
