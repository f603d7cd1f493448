"""File names in the container and ids in the package document."""

from __future__ import annotations

import re
from collections.abc import Iterable

# EPUB 3.3, section 4.2.3, forbids more than this alphabet does; what is left is safe in every reader and shop.
_NAME = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*\Z")
_NOT_IN_ID = re.compile(r"[^A-Za-z0-9._-]+")

PACKAGE = "content.opf"
NCX = "toc.ncx"


def check_names(names: Iterable[str]) -> None:
    """Raise ValueError unless every name is a plain relative ASCII path and no two differ only in case."""
    seen = {PACKAGE, NCX}
    for name in names:
        if not _NAME.match(name):
            raise ValueError(f"not a file name for an EPUB: {name!r}")
        if name.casefold() in seen:
            raise ValueError(f"two files of one name in an EPUB: {name!r}")
        seen.add(name.casefold())


def ids_for(names: Iterable[str], taken: Iterable[str]) -> dict[str, str]:
    """Give each file name an id (an NCName) made from it, none of them twice and none among those taken."""
    used, ids = set(taken), {}
    for name in names:
        stem = _NOT_IN_ID.sub("-", name)
        stem = stem if re.match("[A-Za-z_]", stem) else f"_{stem}"
        candidate, count = stem, 2
        while candidate in used:
            candidate, count = f"{stem}-{count}", count + 1
        used.add(candidate)
        ids[name] = candidate
    return ids
