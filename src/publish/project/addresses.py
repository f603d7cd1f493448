"""Web addresses, as an editor gives them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from publish.project.unsound import Unsound, cut

PATTERN = r"^https?://[^\s/?#]+\S*$"


def address(text: str) -> str:
    """Give the web address of a folder, with the slash that ends it. Raises Unsound."""
    hint = "write it as https://books.example.org/"
    if re.search(r"\s", text):
        raise Unsound(f"“{cut(text)}” is not a web address: it has a space in it", hint)
    try:
        parts = urlsplit(text)
    except ValueError:
        raise Unsound(f"“{cut(text)}” is not a web address", hint) from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Unsound(f"“{cut(text)}” is not a web address that begins with https:// or http://", hint)
    if parts.query or parts.fragment or parts.username:
        raise Unsound(f"“{cut(text)}” is not the web address of a folder", hint)
    return f"{text.rstrip('/')}/"
