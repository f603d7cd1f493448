"""What a PDF says of itself, written into one that WeasyPrint is about to close."""

from __future__ import annotations

from typing import Any

from publish.formats.pdf import engine
from publish.formats.pdf.description import describe
from publish.formats.pdf.metadata import information, packet
from publish.rendition import Rendition
from publish.words import direction


def add_metadata(pdf: Any, rendition: Rendition) -> None:
    """Write the information dictionary, the XMP packet and the language of a PDF that is about to be closed."""
    description = describe(rendition)
    pdf.info.clear()
    pdf.info.update({key: engine.String(value) for key, value in information(description).items() if value})
    extra = {"Type": "/Metadata", "Subtype": "/XML"}
    # Not compressed, so that tools which do not read PDF still find it (ISO 32000-1, 14.3.2).
    stream = engine.Stream([packet(description)], extra, compress=False)
    pdf.add_object(stream)
    pdf.catalog["Metadata"] = stream.reference
    pdf.catalog["Lang"] = engine.String(description.language)
    pdf.catalog["ViewerPreferences"] = engine.Dictionary({"DisplayDocTitle": "true"} | _turned(description.language))


def _turned(language: str) -> dict[str, str]:
    """Say that pages follow each other from right to left, where they do (ISO 32000-1, table 150)."""
    return {"Direction": "/R2L"} if direction(language) == "rtl" else {}
