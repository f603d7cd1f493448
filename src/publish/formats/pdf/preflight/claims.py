"""Which profile a finished file was made for, and whether it says what the profile's standards ask it to say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from publish.profiles import FOR_SCREENS, PROFILES, Order

_VERSION = "{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"
_DATES = ("/CreationDate", "/ModDate")
_PACKED = re.compile(rb"/Type\s*/(?:ObjStm|XRef)\b")  # objects packed together, which PDF 1.5 brought (7.5.7)


def order_of(data: bytes) -> Order:
    """Tell from what a file says of itself for whom it was made; what says nothing is for screens.

    A file that is grey through and through and untagged is one for print on demand.
    """
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            return Order(PROFILES[_profile(pdf)]) if _profile(pdf) else FOR_SCREENS
    except pikepdf.PdfError:
        return FOR_SCREENS


def _profile(pdf: Pdf) -> str:
    if "/GTS_PDFXConformance" in pdf.docinfo:
        return "ingram"
    with pdf.open_metadata() as xmp:
        if _VERSION in xmp:
            return "offset"
        if str(xmp.get("pdfaid:part", "")) == "2":
            return "archive"
        if "pdfuaid:part" in xmp:
            return ""
    return "" if "/StructTreeRoot" in pdf.Root or "/Outlines" in pdf.Root else "pod-grey"


def said(pdf: Pdf, data: bytes, order: Order) -> Iterator[str]:
    """Give what a PDF/X lacks in what it says of itself (ISO 15930-1 for X-1a, ISO 15930-7 for X-4)."""
    standard = next((name for name in order.standards if name.startswith("x-")), "")
    if not standard:
        return
    for key in ("/Title", *_DATES):
        if not str(pdf.docinfo.get(key, "")):
            yield f"the file does not say its {key[1:]}"
    if str(pdf.docinfo.get("/Trapped", "")) not in ("/True", "/False"):
        yield "the file does not say whether it is trapped"
    if "/ID" not in pdf.trailer:
        yield "the file has no number (ID)"
    if pdf.is_encrypted:
        yield "the file is encrypted"
    yield from _version(pdf, data, standard)
    yield from _intent(pdf, order)
    yield from _actions(pdf)
    yield from _forbidden(pdf, standard)


def _version(pdf: Pdf, data: bytes, standard: str) -> Iterator[str]:
    """Compare the standard with what the file claims to be, and its PDF with the one that the standard is made of.

    ISO 15930-1 (PDF/X-1a:2001) is PDF 1.3; PDF 1.4 is what ISO 15930-4 (PDF/X-1a:2003) took. ISO 15930-7 is PDF 1.6.
    """
    if standard == "x-1a":
        name, most = "PDF/X-1a:2001", "1.3"
        claimed = [str(pdf.docinfo.get(f"/GTS_PDFX{key}", "")) for key in ("Version", "Conformance")]
        says = claimed == ["PDF/X-1:2001", name]
        if _PACKED.search(data):
            yield "the file is packed as PDF 1.3 does not know it (object streams)"
    else:
        name, most = "PDF/X-4", "1.6"
        with pdf.open_metadata() as xmp:
            says = str(xmp.get(_VERSION, "")) == name
    if not says:
        yield f"the file does not say that it is {name}"
    # A later version may stand in the catalog (7.5.2).
    version = max(data[5:8].decode("latin-1"), str(pdf.Root.get("/Version", "")).removeprefix("/"))
    if version > most:
        yield f"{name} is PDF {most}, and the file is PDF {version}"


def _intent(pdf: Pdf, order: Order) -> Iterator[str]:
    """Look at the output intent: one for PDF/X, with a registered name or the profile of a press."""
    intents: Any = pdf.Root.get("/OutputIntents", Array())
    found = [intent for intent in intents if intent.get("/S") == "/GTS_PDFX"]
    if len(found) != 1:
        yield f"the file has {len(found) or 'no'} output intents for PDF/X, and should have one"
        return
    profile = found[0].get("/DestOutputProfile")
    if not str(found[0].get("/OutputConditionIdentifier", "")):
        yield "the output intent names no printing condition"
    if profile is None and "/RegistryName" not in found[0]:
        yield "the output intent says neither where its name is registered nor has a profile"
    if order.profile.embeds and profile is None:
        yield "the profile of the press is not in the file"
    if not order.profile.embeds and profile is not None:
        yield "the profile of the press is in the file, and this printer wants none there"
    if isinstance(profile, Stream) and profile.read_bytes()[12:20] != b"prtrCMYK":
        yield "the profile in the file is not that of a CMYK press"


def _actions(pdf: Pdf) -> Iterator[str]:
    if any(key in item for item in (pdf.Root, *pdf.pages) for key in ("/AA", "/OpenAction")):
        yield "the file does something when it is opened"
    names = pdf.Root.get("/Names")
    if isinstance(names, Dictionary) and Name.JavaScript in names:
        yield "the file holds a program (JavaScript)"
    if isinstance(names, Dictionary) and Name.EmbeddedFiles in names:
        yield "the file holds other files"


def _forbidden(pdf: Pdf, standard: str) -> Iterator[str]:
    """Find what PDF/X has no place for: layers (PDF/X-1a), LZW, programs in PostScript, curves laid over the inks."""
    if standard == "x-1a" and "/OCProperties" in pdf.Root:
        yield "the file has layers, which PDF/X-1a does not know"
    held = [item for item in pdf.objects if isinstance(item, Dictionary | Stream)]
    if any("/LZWDecode" in _names(item.get("/Filter")) for item in held):
        yield "the file is packed by LZW, which PDF/X does not allow"
    if any(item.get("/Subtype") == "/PS" for item in held):
        yield "the file holds a program (PostScript)"
    states = [state for item in held for state in _states(item)]
    if any(set(_names(state.get(key))) - {"/Identity", "/Default"} for state in states for key in ("/TR", "/TR2")):
        yield "the file changes the inks once more by a curve of its own (a transfer function)"


def _states(item: Dictionary | Stream) -> Iterator[Any]:
    """Give the states that a stream or a page can set by ``gs`` (8.4.5)."""
    resources: Any = item.get("/Resources")
    named = resources.get("/ExtGState") if isinstance(resources, Dictionary) else None
    if isinstance(named, Dictionary):
        yield from (state for _, state in named.items() if isinstance(state, Dictionary))


def _names(value: Any) -> list[str]:
    """Give a name, or each of an array's; for what is neither, what it is called by its type."""
    if value is None:
        return []
    items = list(value) if isinstance(value, Array) else [value]
    return [str(item) if isinstance(item, Name) else type(item).__name__ for item in items]
