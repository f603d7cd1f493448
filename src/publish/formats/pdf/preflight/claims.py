"""Which profile a finished file was made for, and whether it says what the profile's standards ask it to say."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from publish.profiles import FOR_SCREENS, PROFILES, Order

_VERSION = "{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"
_DATES = ("/CreationDate", "/ModDate")


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


def _version(pdf: Pdf, data: bytes, standard: str) -> Iterator[str]:
    if standard == "x-1a":
        if str(pdf.docinfo.get("/GTS_PDFXConformance", "")) != "PDF/X-1a:2001":
            yield "the file does not say that it is PDF/X-1a:2001"
        if data[5:8] > b"1.4":
            yield f"PDF/X-1a:2001 is PDF 1.3, and the file is PDF {data[5:8].decode('latin-1')}"
        return
    with pdf.open_metadata() as xmp:
        if str(xmp.get(_VERSION, "")) != "PDF/X-4":
            yield "the file does not say that it is PDF/X-4"


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
    for item in (pdf.Root, *pdf.pages):
        if any(key in item for key in ("/AA", "/OpenAction")):
            yield "the file does something when it is opened"
            return
    names = pdf.Root.get("/Names")
    if isinstance(names, Dictionary) and Name.JavaScript in names:
        yield "the file holds a program (JavaScript)"
