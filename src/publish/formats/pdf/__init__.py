"""PDF: a rendition laid out in pages by WeasyPrint, in a child process, tagged for PDF/UA-1 and proved.

``write`` makes the file, ``verify`` judges it, ``first_page`` shows its first page, ``native_report`` says which
libraries the machine has. ``engine`` and ``patches`` are the only doors to WeasyPrint. Names are loaded when they
are first used, because the child processes are modules of this package and start through it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from publish.formats.pdf.native import report as native_report
    from publish.formats.pdf.picture import first_page
    from publish.formats.pdf.verdict import verify
    from publish.formats.pdf.writer import Limits, MissingLibrary, write

__all__ = ["Limits", "MissingLibrary", "first_page", "native_report", "verify", "write"]

_HOMES = {
    "Limits": ("writer", "Limits"),
    "MissingLibrary": ("writer", "MissingLibrary"),
    "first_page": ("picture", "first_page"),
    "native_report": ("native", "report"),
    "verify": ("verdict", "verify"),
    "write": ("writer", "write"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _HOMES[name]
    value = getattr(import_module(f"{__name__}.{module}"), attribute)
    globals()[name] = value
    return value
