"""What the files of an EPUB weigh, by what they are for."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from types import MappingProxyType
from zipfile import ZipFile

_KINDS = MappingProxyType(
    {
        "fonts": (".otf", ".ttf", ".woff", ".woff2"),
        "pictures": (".gif", ".jpg", ".jpeg", ".png", ".svg", ".webp"),
        "text": (".xhtml",),
        "styles": (".css",),
    }
)


def weights(data: bytes) -> dict[str, int]:
    """Give the bytes that fonts, pictures, text, styles and all the rest take in the file, the heaviest first.

    Together they are the whole file: what the container needs to name its files counts to the rest.
    """
    found: Counter[str] = Counter()
    with ZipFile(BytesIO(data)) as archive:
        for entry in archive.infolist():
            name = entry.filename.lower()
            kind = next((kind for kind, suffixes in _KINDS.items() if name.endswith(suffixes)), "")
            if kind:
                found[kind] += entry.compress_size
    found["contents list, metadata and container"] = len(data) - found.total()
    return dict(found.most_common())
